package dev.evenkeel.metadata;

/** DynamoDB's table classes. They differ in price only; kept so that they can be reported. */
public enum TableClass {
    STANDARD,
    STANDARD_INFREQUENT_ACCESS
}
