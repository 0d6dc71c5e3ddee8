package dev.evenkeel.http;

import org.jspecify.annotations.Nullable;

/** One request, wholly received. Its headers and body belong to the handler; nobody changes them any more. */
public final class HttpCall {

    /** How a call looks up a header; both HTTP versions keep theirs in structures of their own. */
    @FunctionalInterface
    public interface Headers {
        /** The first value of the header, or null. {@code name} is in lower case. */
        @Nullable
        CharSequence first(CharSequence name);
    }

    private final String method;
    private final String target;
    private final Headers headers;
    private final byte[] body;

    public HttpCall(String method, String target, Headers headers, byte[] body) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
    }

    public String method() {
        return method;
    }

    /** Path and query as they came, e.g. {@code /?X-Amz-Date=…}. */
    public String target() {
        return target;
    }

    /** The first value of a header as it came, or null. @param name in lower case */
    public @Nullable String header(CharSequence name) {
        CharSequence value = headers.first(name);
        return value == null ? null : value.toString();
    }

    /** The body as it came: any {@code Content-Encoding} is still on. The handler may keep the array. */
    public byte[] body() {
        return body;
    }
}
