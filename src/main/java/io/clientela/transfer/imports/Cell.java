package io.clientela.transfer.imports;

/**
 * A cell of a CSV row.
 *
 * @param text its text, without its quotes
 * @param quoted whether it was in quotes
 */
record Cell(String text, boolean quoted) {}
