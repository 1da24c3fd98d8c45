package io.clientela.identity;

import java.util.Set;

/**
 * The keys under which a customer is looked up by others like it: only two that share a key are compared. Each error
 * leaves some key whole, because each key rests on few fields, or on a part of one. The keys that many customers would
 * share are joined with a part of the name, so that they stay selective among a million customers; a reader skips a key
 * that has too many all the same.
 *
 * <p>Keys are stored: whoever changes how they are made raises {@link #VERSION}, and makes them anew.
 */
public final class BlockingKeys {
    /** Of the way in which keys are made. */
    public static final int VERSION = 1;

    /** No customer has more keys. */
    public static final int MOST = 16;

    private static final int SHORTEST_LOCAL = 5;
    private static final int WORD_START = 3;
    private static final int LOCAL_START = 4;
    // Country, area, and the first three or four digits of most numbers.
    private static final int PHONE_START = 9;
    private static final int LOCAL_PART = 6;

    private final Person person;
    private final NameCodes name;
    private final KeySet keys = new KeySet(MOST);

    private BlockingKeys(Person person) {
        this.person = person;
        this.name = NameCodes.of(PersonName.of(person));
    }

    /** The keys of a customer: stable 64-bit hashes, in an order of their own. */
    public static Set<Long> of(Person person) {
        var made = new BlockingKeys(person);
        made.addEmail();
        made.addPhone();
        made.addDocument();
        made.addBirthday();
        made.addName();
        made.addAddress();
        made.addWeaker();
        return made.keys.keys();
    }

    private void addEmail() {
        var mailbox = Mailbox.of(person.emailKey());
        if (mailbox == null) {
            return;
        }
        keys.add("email", mailbox.toString());
        if (!mailbox.isShared() && mailbox.local().length() >= SHORTEST_LOCAL) {
            keys.add("local", mailbox.local());
        }
    }

    private void addPhone() {
        if (phone() != null) {
            keys.add("phone", phone());
        }
    }

    private void addDocument() {
        var document = document();
        if (document == null) {
            return;
        }
        keys.add("document", document);
        int half = document.length() >= 9 ? 5 : 3;
        if (document.length() >= 6) {
            keys.add("document start", document.substring(0, half));
            keys.add("document end", document.substring(document.length() - half));
        }
    }

    private void addBirthday() {
        if (person.birthday() == null) {
            return;
        }
        var day = person.birthday().toString();
        keys.add("birthday first", day, name.first());
        keys.add("birthday last", day, name.last());
        keys.add("birthday", day);
    }

    private void addName() {
        keys.addUnordered("name", name.first(), name.last());
        keys.addUnordered("name", name.first(), name.lastButOne());
        if (name.last() == null) {
            keys.add("only name", name.first());
        }
    }

    private void addAddress() {
        var address = Address.of(person.address());
        if (address == null) {
            return;
        }
        var postcode = AddressKeys.postcode(address);
        var house = AddressKeys.house(address);
        var word = AddressKeys.word(address);
        keys.add("postcode house", postcode, house);
        keys.add("postcode first", postcode, name.first());
        keys.add("postcode last", postcode, name.last());
        keys.add("house last", house, name.last());
        keys.add("house first", house, name.first());
        keys.add("word last", word, name.last());
        keys.add("word first", word, name.first());
        keys.add("word house", word, house);
    }

    /** For names and numbers that are both mistyped, and names too common to stand alone. */
    private void addWeaker() {
        if (phone() != null) {
            addPartsOfPhone();
        }
        var mailbox = Mailbox.of(person.emailKey());
        if (mailbox != null && !mailbox.isShared()) {
            addPartsOfLocal(mailbox.local());
        }
        if (person.birthday() != null) {
            var day = person.birthday().toString();
            keys.addUnordered("year name", name.first(), name.last(), day.substring(0, 4));
            keys.addUnordered("day name", name.first(), name.last(), day.substring(5));
        }
        keys.add("first start", name.first(), start(name.lastWord(), WORD_START));
        keys.add("last start", name.last(), start(name.firstWord(), WORD_START));
    }

    private void addPartsOfPhone() {
        var start = start(PhoneComparison.number(person.phoneKey()), PHONE_START);
        var end = phone().substring(phone().length() / 2);
        keys.add("phone start first", start, name.first());
        keys.add("phone end first", end, name.first());
        keys.add("phone start last", start, name.last());
        keys.add("phone end last", end, name.last());
        keys.add("phone start end", start(start, PHONE_START - 2), end);
    }

    private void addPartsOfLocal(String local) {
        keys.add("local start last", start(local, LOCAL_START), name.last());
        if (local.length() > LOCAL_PART) {
            keys.add("local start", start(local, LOCAL_PART));
            keys.add("local end", local.substring(local.length() - LOCAL_PART));
        }
        keys.add("local start first", start(local, LOCAL_START), name.first());
    }

    private static String start(String text, int length) {
        return text == null ? null : text.substring(0, Math.min(text.length(), length));
    }

    private String phone() {
        var key = person.phoneKey();
        return key == null || PhoneComparison.isPlaceholder(key)
                ? null
                : PhoneComparison.local(PhoneComparison.number(key));
    }

    private String document() {
        var key = person.documentKey();
        return key == null || DocumentComparison.isPlaceholder(key) ? null : key;
    }
}
