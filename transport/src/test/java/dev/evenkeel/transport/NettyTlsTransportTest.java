package dev.evenkeel.transport;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class NettyTlsTransportTest extends NettyTransportTest {
    @TempDir
    static Path folder;

    @Override
    Transport open(String id) {
        var files = TestCertificates.of(folder, id);
        return nodes.start(id, options -> options.withLimits(LIMITS).withTls(files));
    }
}
