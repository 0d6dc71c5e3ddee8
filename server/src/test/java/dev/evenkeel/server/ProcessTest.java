package dev.evenkeel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The program as an operating system sees it. */
class ProcessTest {
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    /** A running program; its first line names the endpoint. */
    private record Program(Process process, BufferedReader out) implements AutoCloseable {
        static Program start(String... arguments) throws IOException {
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName()));
            command.addAll(List.of(arguments));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new Program(process, process.inputReader(StandardCharsets.UTF_8));
        }

        DynamoDbClient client() throws IOException {
            String line = out.readLine();
            while (line != null && line.startsWith("WARNING")) { // the JVM's own, about Netty
                line = out.readLine();
            }
            assertThat(line).contains(" is ready at http://localhost:");
            return DynamoDbClient.builder()
                    .endpointOverride(URI.create(String.valueOf(line).replaceAll(".* at (\\S+) .*", "$1")))
                    .region(Region.US_EAST_1)
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                    .build();
        }

        int exitCode() throws InterruptedException {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    private String[] onDisk() {
        return new String[] {"dev", "--port", "0", "--data", folder.toString()};
    }

    @Test
    void killedProcessLosesNoAnsweredWrite() throws Exception {
        try (var program = Program.start(onDisk());
                var client = program.client()) {
            client.createTable(request -> request.tableName("orders")
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(AttributeDefinition.builder()
                            .attributeName("id")
                            .attributeType(ScalarAttributeType.N)
                            .build())
                    .keySchema(KeySchemaElement.builder()
                            .attributeName("id")
                            .keyType(KeyType.HASH)
                            .build()));
            for (int i = 0; i < 50; i++) {
                var item = Map.of("id", AttributeValue.fromN(Integer.toString(i)));
                client.putItem(request -> request.tableName("orders").item(item));
            }
        } // destroyed forcibly: no shutdown hook runs
        try (var program = Program.start(onDisk());
                var client = program.client()) {
            assertThat(client.scan(request -> request.tableName("orders")).count())
                    .isEqualTo(50);
        }
    }

    @Test
    void secondProcessOnTheSameFolderSaysOneLine() throws Exception {
        try (var first = Program.start(onDisk());
                var client = first.client();
                var second = Program.start(onDisk())) {
            assertThat(client.listTables().tableNames()).isEmpty();
            assertThat(second.out().lines())
                    .filteredOn(line -> !line.startsWith("WARNING")) // the JVM's own, about Netty
                    .singleElement()
                    .asString()
                    .startsWith("evenkeel: The data folder " + folder + " is in use by another process");
            assertThat(second.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void programEndsWhenAskedTo() throws Exception {
        try (var program = Program.start("dev", "--port", "0");
                var client = program.client()) {
            assertThat(client.listTables().tableNames()).isEmpty();
            program.process().destroy();
            assertThat(program.exitCode()).isEqualTo(143); // 128 + SIGTERM
        }
    }

    @Test
    void unknownOptionIsAUsageError() throws Exception {
        try (var program = Program.start("dev", "--bogus")) {
            assertThat(program.exitCode()).isEqualTo(2);
        }
    }
}
