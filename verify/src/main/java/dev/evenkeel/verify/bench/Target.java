package dev.evenkeel.verify.bench;

import java.net.InetSocketAddress;
import java.net.URI;

/** One endpoint under test: a name for the report and where it listens, plain HTTP. */
record Target(String name, String host, int port) {
    private static final int DEFAULT_PORT = 80;

    /**
     * Reads {@code NAME=URL}.
     *
     * @throws BenchException when it is not that
     */
    static Target parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new BenchException("a target is NAME=URL, not '" + text + "'");
        }
        var url = text.substring(equals + 1);
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new BenchException("'" + url + "' is not a URL", e);
        }
        var host = uri.getHost();
        if (host == null || !"http".equals(uri.getScheme())) {
            throw new BenchException("'" + url + "' is not an http:// URL; requests carry no real signature, so only "
                    + "endpoints that accept any can be driven");
        }
        return new Target(text.substring(0, equals), host, uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
    }

    /** Resolved anew at every call; unresolved when the name is unknown. */
    InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    String url() {
        return "http://" + host + ":" + port;
    }
}
