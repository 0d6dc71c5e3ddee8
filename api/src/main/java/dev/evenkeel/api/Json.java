package dev.evenkeel.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import java.io.IOException;
import java.io.OutputStream;

/** How Jackson is set up here. */
final class Json {
    /** Above what 32 levels of attribute values take, which is told in DynamoDB's own words; beyond this it is not JSON. */
    private static final int NESTING_MAX = 500;

    /** A name may be an attribute's, of 64 KiB at most; longer ones are told in DynamoDB's words, within reason. */
    private static final int NAME_LENGTH_MAX = 1 << 20;

    /** More than any request body has. */
    private static final int STRING_LENGTH_MAX = 1 << 25;

    /**
     * Buffers are pooled for all threads, not per thread as is Jackson's default: requests run in virtual threads, which
     * live for one request only.
     */
    private static final int POOLED_BUFFERS_MAX = 64;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.newBoundedPool(POOLED_BUFFERS_MAX))
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(NESTING_MAX)
                    .maxNameLength(NAME_LENGTH_MAX)
                    .maxStringLength(STRING_LENGTH_MAX)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CHARSET_DETECTION) // it is UTF-8; whatever looks like UTF-16 is an error
            .build();

    private Json() {}

    static JsonParser parser(byte[] body, int offset, int length) throws IOException {
        return FACTORY.createParser(body, offset, length);
    }

    static JsonGenerator generator(OutputStream to) throws IOException {
        return FACTORY.createGenerator(to);
    }

    /** What is no JSON, or not the JSON of a request: DynamoDB says no more than that. */
    static DynamoException malformed() {
        return serialization("");
    }

    static DynamoException serialization(String message) {
        return new DynamoException(ErrorCode.SERIALIZATION, message);
    }

    /**
     * Jackson takes overlong sequences and encoded surrogates for characters, which would give one text several forms.
     *
     * @throws DynamoException a serialization error when the bytes are not UTF-8
     */
    static void requireUtf8(byte[] body, int offset, int length) {
        if (!Utf8Check.isValid(body, offset, length) || Utf8Check.escapesLoneSurrogate(body, offset, length)) {
            throw malformed();
        }
    }
}
