package io.clientela.transfer.imports;

import java.util.List;

/**
 * A column of a file that is imported.
 *
 * @param name its name
 * @param path where its value goes in the JSON of a row
 * @param kind what its cells are read as
 */
record InputColumn(String name, List<String> path, CellKind kind) {}
