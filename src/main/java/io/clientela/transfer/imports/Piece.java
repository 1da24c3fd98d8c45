package io.clientela.transfer.imports;

/**
 * A part of a file that consists of whole rows.
 *
 * @param number its number, from 0
 * @param firstLine the line of the file at which it begins, from 1
 * @param rows how many rows it has
 * @param data its bytes
 */
record Piece(int number, long firstLine, int rows, byte[] data) {}
