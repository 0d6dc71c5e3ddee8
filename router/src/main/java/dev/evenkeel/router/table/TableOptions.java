package dev.evenkeel.router.table;

import dev.evenkeel.metadata.Placement;
import java.time.Duration;

/**
 * How tables are named and made here.
 *
 * @param region in the ARN of every table; an ARN of another region is refused, as DynamoDB does
 * @param accountId in the ARN of every table; an ARN of another account is refused, as DynamoDB does
 * @param endpoint host and port that DescribeEndpoints answers
 * @param delay what CREATING, UPDATING and DELETING last; with zero a table has passed them when the call returns,
 *     although its answer still tells of them. Clients that poll at long intervals then find the table ready at once.
 * @param placement of new tables and indexes
 */
public record TableOptions(String region, String accountId, String endpoint, Duration delay, Placement placement) {
    public static final String REGION_DEFAULT = "us-east-1";
    public static final String ACCOUNT_DEFAULT = "000000000000";

    /** The defaults: {@value #REGION_DEFAULT}, one partition in group 1, no delay. */
    public static TableOptions defaults() {
        return new TableOptions(REGION_DEFAULT, ACCOUNT_DEFAULT, "localhost:8000", Duration.ZERO, new Placement(1, 1));
    }

    String tableArn(String tableName) {
        return "arn:aws:dynamodb:" + region + ":" + accountId + ":table/" + tableName;
    }

    String kmsArn(String resource) {
        return "arn:aws:kms:" + region + ":" + accountId + ":" + resource;
    }
}
