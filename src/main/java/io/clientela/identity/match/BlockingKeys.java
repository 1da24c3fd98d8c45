package io.clientela.identity.match;

import java.util.List;
import java.util.Set;
import org.apache.commons.codec.language.DoubleMetaphone;

/**
 * The keys under which a customer is looked up by others like it: only two that share a key are compared. Each error
 * leaves some key whole, because each key rests on few fields, or on a part of one. The keys that many customers would
 * share are joined with a part of the name, so that they stay selective among a million customers; a reader skips a key
 * that has too many all the same. First and last names make keys of one kind, so that swapped ones meet.
 *
 * <p>Words of names go in by their sound (Philips's Double Metaphone, 2000), in which most typing errors in vowels and
 * double letters are gone.
 *
 * <p>Keys are stored: whoever changes how they are made raises {@link #VERSION}, and makes them anew.
 */
public final class BlockingKeys {
    /** Of the way in which keys are made. */
    public static final int VERSION = 1;

    /** No customer has more keys. */
    public static final int MOST = 16;

    private static final DoubleMetaphone SOUND = new DoubleMetaphone();

    private static final int SHORTEST_LOCAL = 5;
    private static final int WORD_PART = 3;
    private static final int LOCAL_START = 4;
    // Country, area, and the first three or four digits of most numbers.
    private static final int PHONE_START = 9;
    private static final int LOCAL_PART = 6;
    private static final int SHORTEST_DOCUMENT = 6;
    private static final int LONG_DOCUMENT = 9;
    private static final int DOCUMENT_PART = 5;
    private static final int YEAR_END = 4;
    private static final int DAY_START = 5;

    private final Profile profile;
    private final List<String> words;
    private final String first;
    /** Null where there is only one word. */
    private final String last;

    private final KeySet keys = new KeySet(MOST);

    private BlockingKeys(Profile profile) {
        this.profile = profile;
        words = profile.name.words();
        first = words.isEmpty() ? null : sound(words.get(0));
        last = words.size() < 2 ? null : sound(words.get(words.size() - 1));
    }

    /** The keys of a customer: stable 64-bit hashes, in an order of their own. */
    public static Set<Long> of(Person person) {
        var made = new BlockingKeys(Profile.of(person));
        made.addEmail();
        made.addPhone();
        made.addDocument();
        made.addBirthday();
        made.addName();
        made.addAddress();
        made.addPartsOfPhone();
        made.addPartsOfLocal();
        made.addPartsOfBirthday();
        made.addPartsOfName();
        return made.keys.keys();
    }

    private void addEmail() {
        var mailbox = profile.mailbox;
        if (mailbox == null) {
            return;
        }
        keys.add("email", mailbox.toString());
        if (!mailbox.isShared() && mailbox.local().length() >= SHORTEST_LOCAL) {
            keys.add("local", mailbox.local());
        }
    }

    private void addPhone() {
        if (profile.phoneKey != null) {
            keys.add("phone", PhoneComparison.local(PhoneComparison.number(profile.phoneKey)));
        }
    }

    private void addDocument() {
        var document = profile.documentKey;
        if (document == null) {
            return;
        }
        keys.add("document", document);
        if (document.length() >= SHORTEST_DOCUMENT) {
            int part = document.length() >= LONG_DOCUMENT ? DOCUMENT_PART : WORD_PART;
            keys.add("document start", start(document, part));
            keys.add("document end", end(document, part));
        }
    }

    private void addBirthday() {
        if (profile.birthday == null) {
            return;
        }
        var day = profile.birthday.toString();
        addWithName("birthday name", day);
        keys.add("birthday", day);
    }

    private void addName() {
        keys.addUnordered("name", first, last);
        if (words.size() > 2) {
            keys.addUnordered("name", first, sound(words.get(words.size() - 2)));
        }
        if (last == null) {
            keys.add("only name", first);
        }
    }

    private void addAddress() {
        var address = profile.address;
        if (address == null) {
            return;
        }
        var postcode = address.postcode();
        var house = address.house();
        var word = address.longestWord();
        keys.add("postcode house", postcode, house);
        addWithName("postcode name", postcode);
        addWithName("house name", house);
        addWithName("word name", word);
        keys.add("word house", word, house);
    }

    private void addPartsOfPhone() {
        if (profile.phoneKey == null) {
            return;
        }
        var number = PhoneComparison.number(profile.phoneKey);
        var local = PhoneComparison.local(number);
        var end = local.substring(local.length() / 2);
        addWithName("phone start name", start(number, PHONE_START));
        addWithName("phone end name", end);
        keys.add("phone start end", start(number, PHONE_START - 2), end);
    }

    private void addPartsOfLocal() {
        if (profile.mailbox == null || profile.mailbox.isShared()) {
            return;
        }
        var local = profile.mailbox.local();
        addWithName("local start name", start(local, LOCAL_START));
        if (local.length() > LOCAL_PART) {
            keys.add("local start", start(local, LOCAL_PART));
            keys.add("local end", end(local, LOCAL_PART));
        }
    }

    private void addPartsOfBirthday() {
        if (profile.birthday == null) {
            return;
        }
        var day = profile.birthday.toString();
        keys.addUnordered("year names", first, last, start(day, YEAR_END));
        keys.addUnordered("day names", first, last, day.substring(DAY_START));
        addWithName("year name", start(day, YEAR_END));
        addWithName("day name", day.substring(DAY_START));
    }

    /** For names of which one word is mistyped, or an initial. */
    private void addPartsOfName() {
        if (last == null) {
            return;
        }
        var firstWord = words.get(0);
        var lastWord = words.get(words.size() - 1);
        keys.add("sound start", first, start(lastWord, WORD_PART));
        keys.add("sound start", last, start(firstWord, WORD_PART));
        keys.add("sound end", first, end(lastWord, WORD_PART));
        keys.add("sound end", last, end(firstWord, WORD_PART));
        keys.add("sound initial", first, start(lastWord, 1));
        keys.add("sound initial", last, start(firstWord, 1));
    }

    private void addWithName(String kind, String part) {
        keys.add(kind, part, first);
        keys.add(kind, part, last);
    }

    private static String sound(String word) {
        var code = SOUND.doubleMetaphone(word);
        // A script that is not Latin has no code.
        return code == null || code.isEmpty() ? word : code;
    }

    private static String start(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }

    private static String end(String text, int length) {
        return text.substring(Math.max(0, text.length() - length));
    }
}
