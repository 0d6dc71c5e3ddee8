package dev.evenkeel.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.evenkeel.model.DynamoException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One operation of the API and its form on the wire. There is one instance of each, so they can be compared and be keys.
 * Its classes are loaded when it is first asked for.
 *
 * @param <I> the record of its input
 * @param <O> the record of its output
 */
public final class Operation<I, O> {
    private final String name;
    private final boolean isOfStreams;
    private final OperationCodec<I, O> codec;

    Operation(String name, boolean isOfStreams, OperationCodec<I, O> codec) {
        this.name = name;
        this.isOfStreams = isOfStreams;
        this.codec = codec;
    }

    /** The operation of that name, as {@code X-Amz-Target} has it behind the dot, if the model has one. */
    public static Optional<Operation<?, ?>> named(String name) {
        return Optional.ofNullable(Operations.named(name));
    }

    /** All names, in alphabetical order. */
    public static Collection<String> names() {
        return Operations.NAMES;
    }

    /** All operations; loads the classes of all of them. */
    public static List<Operation<?, ?>> all() {
        return Operations.NAMES.stream()
                .<Operation<?, ?>>map(name -> Objects.requireNonNull(Operations.named(name)))
                .toList();
    }

    public String name() {
        return name;
    }

    /** Whether it belongs to DynamoDB Streams, a service of its own with a target of its own, rather than to DynamoDB. */
    public boolean isOfStreams() {
        return isOfStreams;
    }

    /** As {@link #read(byte[], int, int)}, of the whole array. */
    public I read(byte[] body) {
        return read(body, 0, body.length);
    }

    /**
     * Reads a request's body: one JSON object in UTF-8 and nothing behind it. Members that the model does not know are
     * passed over. Nothing is checked but that each member has its type; the rest is up to {@link #validate}.
     *
     * @throws DynamoException a serialization error, with DynamoDB's words where it has any
     */
    public I read(byte[] body, int offset, int length) {
        Json.requireUtf8(body, offset, length);
        try (var in = new JsonIn(Json.parser(body, offset, length))) {
            in.beginDocument();
            var input = codec.read(in);
            in.endDocument();
            return input;
        } catch (JsonProcessingException _) {
            throw Json.malformed();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    /**
     * Checks the constraints that the model puts on the input: what is required, lengths, ranges, patterns, enums.
     *
     * @throws DynamoException a validation error that lists what is wrong, ten things at most
     */
    public void validate(I input) {
        var violations = new Violations();
        codec.validate(input, violations);
        violations.throwIfAny();
    }

    /**
     * Writes an answer's body.
     *
     * @throws UncheckedIOException when the stream fails
     */
    public void write(O output, OutputStream to) {
        try (var out = new JsonOut(to)) {
            codec.write(output, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
