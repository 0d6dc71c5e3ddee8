package dev.evenkeel.replication.raft;

import com.alipay.sofa.jraft.rpc.RaftRpcFactory;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.util.Endpoint;
import com.alipay.sofa.jraft.util.SPI;

/** Gives the engine our way between nodes in place of its own. Found by the engine's service loader. */
@SPI(name = "evenkeel", priority = 100)
public final class EngineTransport implements RaftRpcFactory {

    @Override
    public void registerProtobufSerializer(String className, Object... args) {
        // we serialise by ourselves, if at all
    }

    @Override
    public RpcClient createRpcClient(ConfigHelper<RpcClient> helper) {
        return new EngineClient();
    }

    @Override
    public RpcServer createRpcServer(Endpoint endpoint, ConfigHelper<RpcServer> helper) {
        throw new IllegalStateException("requests come in through RaftHost");
    }
}
