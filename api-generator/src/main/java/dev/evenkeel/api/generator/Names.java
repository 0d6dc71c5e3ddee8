package dev.evenkeel.api.generator;

import java.util.Locale;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.Shape;

/** How the model's names are spelled elsewhere. */
final class Names {
    private Names() {}

    static String of(Shape shape) {
        return shape.getId().getName();
    }

    /** {@code SSESpecification} becomes {@code sseSpecification}, {@code S3Bucket} {@code s3Bucket}. */
    static String component(MemberShape member) {
        var name = member.getMemberName();
        int upper = 0;
        while (upper < name.length() && Character.isUpperCase(name.charAt(upper))) {
            upper++;
        }
        boolean wordFollows = upper > 1 && upper < name.length() && Character.isLowerCase(name.charAt(upper));
        int lowered = Math.max(1, wordFollows ? upper - 1 : upper);
        return name.substring(0, lowered).toLowerCase(Locale.ROOT) + name.substring(lowered);
    }

    /** As DynamoDB spells the member in the path of a validation error: {@code sSESpecification}. */
    static String path(MemberShape member) {
        var name = member.getMemberName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** {@code TableName} becomes {@code TABLE_NAME}, {@code S3SseKmsKeyId} {@code S3_SSE_KMS_KEY_ID}. */
    static String constant(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z]+)([A-Z][a-z])", "$1_$2")
                .toUpperCase(Locale.ROOT);
    }

    /** A Java string literal. */
    static String literal(String text) {
        var out = new StringBuilder("\"");
        text.chars().forEach(c -> {
            switch (c) {
                case '"', '\\' -> out.append('\\').append((char) c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c > '~') {
                        out.append(String.format(Locale.ROOT, "\\u%04X", c));
                    } else {
                        out.append((char) c);
                    }
                }
            }
        });
        return out.append('"').toString();
    }
}
