package io.clientela.support;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** The log of the service in this process, from its creation until it is closed. */
public final class TestLog extends Handler implements AutoCloseable {
    private static final PatternFormatter MESSAGE = new PatternFormatter("%s%e");
    private static final Logger ROOT = Logger.getLogger("");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();

    public TestLog() {
        ROOT.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
        var message = MESSAGE.format(line);
        lines.add(message);
        unread.add(message);
    }

    /** Returns the messages so far. */
    public List<String> lines() {
        return lines;
    }

    /** Returns the next message with this text; it may be written after the response was sent. */
    public String awaitLine(String text) throws InterruptedException {
        for (var line = next(); line != null; line = next()) {
            if (line.contains(text)) {
                return line;
            }
        }
        throw new AssertionError("no line with " + text + " in " + lines);
    }

    private String next() throws InterruptedException {
        return unread.poll(5, TimeUnit.SECONDS);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ROOT.removeHandler(this);
    }
}
