package dev.evenkeel.transport;

import org.junit.jupiter.api.AfterEach;

class NettyTransportTest extends TransportContract {
    final NettyNodes nodes = new NettyNodes();

    @Override
    Transport open(String id) {
        return nodes.start(id, options -> options.withLimits(LIMITS));
    }

    @Override
    void cut(String one, String other) {
        nodes.cut(one, other);
    }

    @Override
    void heal(String one, String other) {
        nodes.heal(one, other);
    }

    @AfterEach
    void closeProxies() {
        nodes.close();
    }
}
