package dev.evenkeel.http;

/** What a server is for. Called for each request on a thread of its own, which it may block. */
@FunctionalInterface
public interface RequestHandler {

    /** Whatever this throws is logged, and the client is answered a bare 500. */
    HttpAnswer handle(HttpCall call);
}
