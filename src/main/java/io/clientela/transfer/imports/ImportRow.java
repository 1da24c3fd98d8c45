package io.clientela.transfer.imports;

import io.clientela.http.json.JsonTree;
import io.clientela.http.problem.ProblemException;
import java.util.Optional;

/**
 * A row of a file.
 *
 * @param line the line of the file at which it begins, from 1
 * @param data its bytes, as they were sent
 * @param json the row as a JSON object; empty if it cannot be read
 * @param problem why it cannot be read
 */
record ImportRow(long line, byte[] data, Optional<JsonTree> json, Optional<ProblemException> problem) {}
