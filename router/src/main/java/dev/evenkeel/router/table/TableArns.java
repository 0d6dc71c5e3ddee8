package dev.evenkeel.router.table;

import dev.evenkeel.model.DynamoException;
import java.util.List;

/** Names of tables out of ARNs: {@code arn:aws:dynamodb:REGION:ACCOUNT:table/NAME}. */
public final class TableArns {
    private static final String START = "arn:";
    private static final String TABLE = "table/";
    private static final int PARTS = 6; // arn, partition, service, region, account, resource

    private final TableOptions options;

    public TableArns(TableOptions options) {
        this.options = options;
    }

    /**
     * The name of the table that stands where a name or an ARN may.
     *
     * @throws DynamoException for an ARN of something else, of another region or account
     */
    public String nameOf(String nameOrArn) {
        if (!nameOrArn.startsWith(START)) {
            return nameOrArn;
        }
        var parts = nameOrArn.split(":", PARTS);
        if (parts.length < PARTS || !parts[2].equals("dynamodb") || !isTable(parts[5])) {
            throw detected("Invalid resource type in '" + nameOrArn + "'");
        }
        if (!parts[3].equals(options.region())) {
            throw detected("Invalid AWS region in '" + nameOrArn + "'");
        }
        if (!parts[4].equals(options.accountId())) {
            throw Refusals.accessDenied();
        }
        return parts[5].substring(TABLE.length());
    }

    /** The name of the table that a {@code ResourceArn} of the tag and policy operations stands for. */
    String nameOfResource(String arn) {
        if (!arn.startsWith(START)) {
            throw Refusals.invalid("ARNs must start with 'arn:': " + arn);
        }
        var parts = arn.split(":", PARTS);
        if (parts.length < PARTS || !parts[2].equals("dynamodb")) {
            throw Refusals.invalid("Provided Arn is not a DynamoDB resource arn: " + arn);
        }
        if (!parts[5].startsWith(TABLE) || parts[5].contains("/index/")) {
            throw Refusals.invalid(
                    "Invalid resource arn provided, only table or stream is accepted. Provided resource arn: " + arn);
        }
        if (!parts[3].equals(options.region())) {
            throw DynamoException.validation("Invalid TableArn: Invalid ResourceArn provided as input " + arn);
        }
        if (!parts[4].equals(options.accountId())) {
            throw Refusals.accessDenied();
        }
        return parts[5].substring(TABLE.length());
    }

    private static boolean isTable(String resource) {
        return resource.startsWith(TABLE) && resource.indexOf('/', TABLE.length()) < 0;
    }

    private static DynamoException detected(String violation) {
        return Refusals.violations(List.of(violation));
    }
}
