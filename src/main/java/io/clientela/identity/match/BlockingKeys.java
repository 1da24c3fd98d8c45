package io.clientela.identity.match;

import java.util.List;
import java.util.Set;
import org.apache.commons.codec.language.DoubleMetaphone;

/**
 * The blocking keys of a customer: only customers that share a key are compared. Each key uses few fields, or a part of
 * one field, so an error in one field leaves other keys unchanged. Keys that many customers would share include a part
 * of the name, to stay selective among a million customers; a reader skips keys that still have too many customers,
 * except whole identifiers. First and last names make keys of the same kind, so that swapped names share a key.
 *
 * <p>Words of names are encoded by sound (Philips's Double Metaphone, 2000), which removes most typing errors in vowels
 * and double letters.
 *
 * <p>Keys are stored. A change to how they are computed must increase {@link #VERSION} and recompute all stored keys.
 */
public final class BlockingKeys {
    /** The version of the stored keys. */
    public static final int VERSION = 2;

    /** The maximum number of keys of one customer. */
    public static final int MAX_KEYS = 16;

    private static final DoubleMetaphone SOUND = new DoubleMetaphone();

    private static final int MIN_LOCAL_LENGTH = 5;
    private static final int WORD_PART = 3;
    private static final int LOCAL_START = 4;
    // Country, area, and the first three or four digits of most numbers.
    private static final int PHONE_START = 9;
    private static final int LOCAL_PART = 6;
    private static final int MIN_DOCUMENT_LENGTH = 6;
    private static final int MIN_LONG_DOCUMENT_LENGTH = 9;
    private static final int DOCUMENT_PART = 5;
    private static final int YEAR_END = 4;
    private static final int DAY_START = 5;

    private final Profile profile;
    private final List<String> words;
    private final String first;
    /** Null if the name has only one word. */
    private final String last;

    private final KeySet keys = new KeySet(MAX_KEYS);

    private BlockingKeys(Profile profile) {
        this.profile = profile;
        words = profile.name.words();
        first = words.isEmpty() ? null : sound(words.get(0));
        last = words.size() < 2 ? null : sound(words.get(words.size() - 1));
    }

    /** Returns the keys of a customer: stable 64-bit hashes, the most selective first. */
    public static Set<Long> of(Person person) {
        return build(person).keys.keys();
    }

    /**
     * Returns those of a customer's keys that are a whole identifier: a mailbox, a phone or a document. However many
     * customers share one, each is to be compared with some of the others.
     */
    public static Set<Long> ofIdentifiers(Person person) {
        return build(person).keys.identifiers();
    }

    private static BlockingKeys build(Person person) {
        var builder = new BlockingKeys(Profile.of(person));
        builder.addEmail();
        builder.addPhone();
        builder.addDocument();
        builder.addBirthday();
        builder.addName();
        builder.addAddress();
        builder.addPartsOfPhone();
        builder.addPartsOfLocal();
        builder.addPartsOfBirthday();
        builder.addPartsOfName();
        return builder;
    }

    private void addEmail() {
        var mailbox = profile.mailbox;
        if (mailbox == null) {
            return;
        }
        keys.addIdentifier("email", mailbox.toString());
        if (!mailbox.isShared() && mailbox.local().length() >= MIN_LOCAL_LENGTH) {
            keys.add("local", mailbox.local());
        }
    }

    private void addPhone() {
        if (profile.phoneKey != null) {
            keys.addIdentifier("phone", PhoneComparison.local(PhoneComparison.number(profile.phoneKey)));
        }
    }

    private void addDocument() {
        var document = profile.documentKey;
        if (document == null) {
            return;
        }
        keys.addIdentifier("document", document);
        if (document.length() >= MIN_DOCUMENT_LENGTH) {
            int part = document.length() >= MIN_LONG_DOCUMENT_LENGTH ? DOCUMENT_PART : WORD_PART;
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

    /** Adds keys for names with one mistyped word or an initial. */
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
        // Words in scripts other than Latin have no code.
        return code == null || code.isEmpty() ? word : code;
    }

    private static String start(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }

    private static String end(String text, int length) {
        return text.substring(Math.max(0, text.length() - length));
    }
}
