package io.clientela.customer;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** The type of a customer's identity document. */
public enum DocumentType {
    /** Cadastro de Pessoas Físicas, the Brazilian number of natural persons: 11 digits, the last two check digits. */
    CPF("cpf"),
    /**
     * Cadastro Nacional da Pessoa Jurídica, the Brazilian number of legal persons: 14 characters, alphanumeric since
     * July 2026 (Instrução Normativa RFB 2.229/2024), the last two check digits.
     */
    CNPJ("cnpj"),
    /** Any other document, without known check digits. */
    OTHER("other");

    @EnumeratedValue
    private final String value;

    DocumentType(String value) {
        this.value = value;
    }

    /** Returns the value in JSON and in the database. */
    @Override
    @JsonValue
    public String toString() {
        return value;
    }
}
