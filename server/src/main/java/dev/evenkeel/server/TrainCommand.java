package dev.evenkeel.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Does a little of everything and ends. The build runs it once to learn which classes a start needs (and, as a side
 * effect, which methods are hot), which the JVM keeps in its AOT cache.
 */
@Command(name = "train", hidden = true, description = "Lets the JVM learn what a start needs; used by the build.")
final class TrainCommand implements Callable<Integer> {
    private static final int ROUNDS = 400;

    @Option(names = "--data", paramLabel = "DIR", description = "An empty folder, to learn the store on disk too.")
    private @Nullable Path data;

    @Override
    public Integer call() throws IOException {
        try (Evenkeel inMemory = Evenkeel.start()) {
            exercise(inMemory, ROUNDS);
        }
        if (data != null) {
            try (Evenkeel onDisk = Evenkeel.builder().data(data).start()) {
                exercise(onDisk, 1);
            }
        }
        return 0;
    }

    private static void exercise(Evenkeel evenkeel, int rounds) throws IOException {
        try (var socket = new Socket("localhost", evenkeel.port())) {
            socket.setTcpNoDelay(true);
            send(socket, "CreateTable", """
                    {"TableName":"train","BillingMode":"PAY_PER_REQUEST",
                     "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},
                       {"AttributeName":"sk","AttributeType":"N"},{"AttributeName":"g","AttributeType":"S"}],
                     "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
                     "GlobalSecondaryIndexes":[{"IndexName":"by-g","Projection":{"ProjectionType":"ALL"},
                       "KeySchema":[{"AttributeName":"g","KeyType":"HASH"}]}]}""");
            send(socket, "DescribeTable", "{\"TableName\":\"train\"}");
            for (int i = 0; i < rounds; i++) {
                round(socket, i);
            }
            send(socket, "ListTables", "{}");
            send(socket, "DescribeTable", "{\"TableName\":\"missing\"}");
            send(socket, "DeleteTable", "{\"TableName\":\"train\"}");
        }
    }

    private static void round(Socket socket, int i) throws IOException {
        String key = "{\"pk\":{\"S\":\"user" + i % 50 + "\"},\"sk\":{\"N\":\"" + i + "\"}";
        send(
                socket,
                "PutItem",
                "{\"TableName\":\"train\",\"Item\":" + key + ",\"g\":{\"S\":\"a\"},\"text\":{\"S\":\"" + "x".repeat(800)
                        + "\"},\"list\":{\"L\":[{\"BOOL\":true}]}}}");
        send(socket, "GetItem", "{\"TableName\":\"train\",\"Key\":" + key + "}}");
        send(
                socket,
                "UpdateItem",
                "{\"TableName\":\"train\",\"Key\":" + key
                        + "},\"UpdateExpression\":\"SET n = if_not_exists(n, :z) + :o\",\"ConditionExpression\":"
                        + "\"attribute_exists(pk)\",\"ExpressionAttributeValues\":{\":z\":{\"N\":\"0\"},\":o\":{\"N\":\"1\"}}}");
        if (i % 10 == 0) {
            send(
                    socket,
                    "Query",
                    "{\"TableName\":\"train\",\"Limit\":10,\"KeyConditionExpression\":\"pk = :p\","
                            + "\"ExpressionAttributeValues\":{\":p\":{\"S\":\"user1\"}}}");
            send(
                    socket,
                    "Query",
                    "{\"TableName\":\"train\",\"IndexName\":\"by-g\",\"Limit\":10,"
                            + "\"KeyConditionExpression\":\"g = :g\",\"ExpressionAttributeValues\":{\":g\":{\"S\":\"a\"}}}");
            send(socket, "Scan", "{\"TableName\":\"train\",\"Limit\":10,\"FilterExpression\":\"attribute_exists(g)\"}");
            send(socket, "BatchGetItem", "{\"RequestItems\":{\"train\":{\"Keys\":[" + key + "}]}}}");
            send(
                    socket,
                    "BatchWriteItem",
                    "{\"RequestItems\":{\"train\":[{\"DeleteRequest\":{\"Key\":" + key + "}}}]}}");
            send(socket, "DeleteItem", "{\"TableName\":\"train\",\"Key\":" + key + "}}");
        }
    }

    private static void send(Socket socket, String operation, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        OutputStream out = socket.getOutputStream();
        out.write(("POST / HTTP/1.1\r\nhost: localhost\r\nx-amz-target: DynamoDB_20120810." + operation
                        + "\r\ncontent-type: application/x-amz-json-1.0\r\nx-amz-date: 20260101T000000Z\r\n"
                        + "authorization: AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=b\r\n"
                        + "content-length: " + content.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(content);
        skipAnswer(socket.getInputStream());
    }

    private static void skipAnswer(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection ended in an answer's head");
            }
            head.append((char) next);
        }
        String lengthName = "content-length: ";
        int length = head.indexOf(lengthName) + lengthName.length();
        in.skipNBytes(Integer.parseInt(head.substring(length, head.indexOf("\r", length))));
    }
}
