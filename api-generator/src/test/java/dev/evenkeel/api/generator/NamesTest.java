package dev.evenkeel.api.generator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.smithy.model.shapes.MemberShape;

class NamesTest {

    @ParameterizedTest
    @CsvSource({
        "TableName, tableName, tableName",
        "SSESpecification, sseSpecification, sSESpecification",
        "KMSMasterKeyArn, kmsMasterKeyArn, kMSMasterKeyArn",
        "S3Bucket, s3Bucket, s3Bucket",
        "message, message, message",
        "ARN, arn, aRN"
    })
    void membersInJavaAndInPaths(String name, String component, String path) {
        var member = MemberShape.builder().id("a#B$" + name).target("a#C").build();
        assertThat(Names.component(member)).isEqualTo(component);
        assertThat(Names.path(member)).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({"TableName, TABLE_NAME", "S3SseKmsKeyId, S3_SSE_KMS_KEY_ID", "TTLName, TTL_NAME"})
    void constants(String name, String constant) {
        assertThat(Names.constant(name)).isEqualTo(constant);
    }
}
