package dev.evenkeel.metadata;

/** How a table's capacity is bought, by DynamoDB's names. */
public enum BillingMode {
    PROVISIONED,
    PAY_PER_REQUEST
}
