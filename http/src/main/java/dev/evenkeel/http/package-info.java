/**
 * The HTTP endpoint. {@link dev.evenkeel.http.HttpServer} carries HTTP/1.1 and HTTP/2 over cleartext and knows nothing of
 * DynamoDB; {@link dev.evenkeel.http.DynamoHandler} answers DynamoDB's protocol and knows nothing of sockets.
 */
@NullMarked
package dev.evenkeel.http;

import org.jspecify.annotations.NullMarked;
