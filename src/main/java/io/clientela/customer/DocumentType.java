package io.clientela.customer;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** What kind of document identifies a customer. */
public enum DocumentType {
    /** Cadastro de Pessoas Físicas, the Brazilian person's number: 11 digits, two of them check digits. */
    CPF("cpf"),
    /**
     * Cadastro Nacional da Pessoa Jurídica, the Brazilian company's number: 14 characters, alphanumeric since July 2026
     * (Instrução Normativa RFB 2.229/2024), the last two check digits.
     */
    CNPJ("cnpj"),
    /** Anything else; it has no check digits that are known here. */
    OTHER("other");

    @EnumeratedValue
    private final String value;

    DocumentType(String value) {
        this.value = value;
    }

    /** The word on the wire and in the database. */
    @Override
    @JsonValue
    public String toString() {
        return value;
    }
}
