package dev.evenkeel.expression;

/** One term of an ORDER BY. */
public record SortOrder(String attribute, boolean descending) {}
