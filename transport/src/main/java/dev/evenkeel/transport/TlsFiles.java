package dev.evenkeel.transport;

import java.nio.file.Path;

/**
 * What a node proves itself with, as PEM files.
 *
 * @param certificate the node's certificate, followed by intermediate ones if there are any; its common name or one of its
 *     DNS names is the node's id
 * @param key its private key, PKCS 8, not encrypted
 * @param authority the certificates by which those of other nodes are judged
 */
public record TlsFiles(Path certificate, Path key, Path authority) {}
