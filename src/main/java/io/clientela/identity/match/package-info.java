/**
 * The match model: pure functions, without database or HTTP. {@code BlockingKeys} selects the records to compare,
 * {@code MatchModel} computes the probability that two records are one customer.
 */
package io.clientela.identity.match;
