package io.clientela.identity.match;

import io.clientela.customer.CustomerType;
import java.time.LocalDate;
import java.util.UUID;

/** Records written as one line: {@code Jane Smith, email=jane@example.com, birthday=1987-06-05}. */
final class People {
    private static final UUID ID = new UUID(0, 1);

    private People() {}

    static Person person(String line) {
        return record(CustomerType.INDIVIDUAL, line);
    }

    static Person company(String line) {
        return record(CustomerType.COMPANY, line);
    }

    /** A person, or a company if the line begins with {@code company:}. */
    static Person parse(String line) {
        return line.startsWith("company:") ? company(line.substring("company:".length())) : person(line);
    }

    private static Person record(CustomerType type, String line) {
        var birthday = field(line, "birthday");
        return new Person(
                ID,
                type,
                line.split(",")[0].strip(),
                null,
                null,
                field(line, "employer"),
                field(line, "email"),
                field(line, "phone"),
                field(line, "document"),
                birthday == null ? null : LocalDate.parse(birthday),
                field(line, "address"));
    }

    private static String field(String line, String name) {
        for (var part : line.split(",")) {
            if (part.strip().startsWith(name + "=")) {
                return part.strip().substring(name.length() + 1);
            }
        }
        return null;
    }
}
