/**
 * How sure it is that two records are one customer: pure functions, without database or HTTP. {@code BlockingKeys} says
 * which records are compared at all, {@code MatchModel} how alike two of them are.
 */
package io.clientela.identity.match;
