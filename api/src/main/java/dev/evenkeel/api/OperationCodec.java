package dev.evenkeel.api;

import java.io.IOException;

/** What is generated for one operation. */
abstract class OperationCodec<I, O> {

    /** From behind the opening brace of the body to its closing one. */
    abstract I read(JsonIn in) throws IOException;

    /** Adds what is wrong; throws where DynamoDB tells one thing alone. */
    abstract void validate(I input, Violations violations);

    abstract void write(O output, JsonOut out) throws IOException;
}
