package io.clientela.transfer.imports;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * How the rows of a CSV file are read.
 *
 * @param delimiter the character between cells
 * @param columns the name of the column of each cell; null for a cell that is left out
 * @param quoted whether the header's names are in quotes, as writers do that put all cells in quotes: then an empty
 *     text is an unknown value, which such writers cannot write otherwise
 */
@RegisterForReflection
record CsvHeader(char delimiter, List<String> columns, boolean quoted) {}
