package io.clientela.identity;

/**
 * The check digits of Brazilian documents, each of them 11 less the weighted sum of what is before it modulo 11, and 0
 * if that is over 9. A CPF has weights from 2 up from the right, a CNPJ from 2 to 9 over and over; its letters count as
 * their ASCII code less 48 (IN RFB 2.229/2024). With them right, a number is no typing error of another.
 */
final class CheckDigits {
    private static final int CPF_LENGTH = 11;
    private static final int CNPJ_LENGTH = 14;
    private static final int CNPJ_HIGHEST_WEIGHT = 9;

    private CheckDigits() {}

    /** Whether this is a CPF or CNPJ by its length, and its check digits are right. */
    static boolean agree(String documentKey) {
        int length = documentKey.length();
        if (length != CPF_LENGTH && length != CNPJ_LENGTH) {
            return false;
        }
        int highest = length == CPF_LENGTH ? CPF_LENGTH : CNPJ_HIGHEST_WEIGHT;
        return isDigitRight(documentKey, length - 2, highest) && isDigitRight(documentKey, length - 1, highest);
    }

    private static boolean isDigitRight(String document, int position, int highestWeight) {
        int sum = 0;
        int weight = 2;
        for (int i = position - 1; i >= 0; i--) {
            sum += (document.charAt(i) - '0') * weight;
            weight = weight == highestWeight ? 2 : weight + 1;
        }
        int digit = 11 - sum % 11;
        return document.charAt(position) - '0' == (digit > 9 ? 0 : digit);
    }
}
