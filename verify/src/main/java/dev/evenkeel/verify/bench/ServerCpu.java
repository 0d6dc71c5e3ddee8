package dev.evenkeel.verify.bench;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The processor time that the target's server process has used so far, when that process is on this machine. */
final class ServerCpu {
    private final ProcessTable processes;
    private final OptionalLong pid;

    private ServerCpu(ProcessTable processes, OptionalLong pid) {
        this.processes = processes;
        this.pid = pid;
    }

    /** @param pids process ids the user gave, by target name; they win over what is found */
    static ServerCpu of(Target target, Map<String, Long> pids, ProcessTable processes) {
        var given = pids.get(target.name());
        if (given != null) {
            return new ServerCpu(processes, OptionalLong.of(given));
        }
        var address = target.address().getAddress();
        boolean local = address != null && isLocal(address);
        return new ServerCpu(processes, local ? processes.listener(target.port()) : OptionalLong.empty());
    }

    private static boolean isLocal(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    OptionalLong pid() {
        return pid;
    }

    OptionalDouble seconds() {
        return pid.isPresent() ? processes.cpuSeconds(pid.getAsLong()) : OptionalDouble.empty();
    }
}
