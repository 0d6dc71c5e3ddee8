$version: "2.0"

// The four operations of DynamoDB Streams. Amazon's model package has DynamoDB's own only; this says the same of Streams
// as the API Reference does: members, what is required, lengths and ranges. What both have is taken from DynamoDB's.
namespace dev.evenkeel.streams

use com.amazonaws.dynamodb#AttributeMap
use com.amazonaws.dynamodb#Date
use com.amazonaws.dynamodb#ErrorMessage
use com.amazonaws.dynamodb#KeySchema
use com.amazonaws.dynamodb#StreamArn
use com.amazonaws.dynamodb#StreamViewType
use com.amazonaws.dynamodb#TableName

operation DescribeStream {
    input: DescribeStreamInput
    output: DescribeStreamOutput
}

operation GetRecords {
    input: GetRecordsInput
    output: GetRecordsOutput
}

operation GetShardIterator {
    input: GetShardIteratorInput
    output: GetShardIteratorOutput
}

operation ListStreams {
    input: ListStreamsInput
    output: ListStreamsOutput
}

structure DescribeStreamInput {
    @required
    StreamArn: StreamArn
    Limit: DescribeStreamLimit
    ExclusiveStartShardId: ShardId
    ShardFilter: ShardFilter
}

structure DescribeStreamOutput {
    StreamDescription: StreamDescription
}

structure GetRecordsInput {
    @required
    ShardIterator: ShardIterator
    Limit: GetRecordsLimit
}

structure GetRecordsOutput {
    Records: RecordList
    NextShardIterator: ShardIterator
}

structure GetShardIteratorInput {
    @required
    StreamArn: StreamArn
    @required
    ShardId: ShardId
    @required
    ShardIteratorType: ShardIteratorType
    SequenceNumber: SequenceNumber
}

structure GetShardIteratorOutput {
    ShardIterator: ShardIterator
}

structure ListStreamsInput {
    TableName: TableName
    Limit: ListStreamsLimit
    ExclusiveStartStreamArn: StreamArn
}

structure ListStreamsOutput {
    Streams: StreamList
    LastEvaluatedStreamArn: StreamArn
}

structure Identity {
    PrincipalId: StreamText
    Type: StreamText
}

structure Record {
    eventID: StreamText
    eventName: OperationType
    eventVersion: StreamText
    eventSource: StreamText
    awsRegion: StreamText
    dynamodb: StreamRecord
    userIdentity: Identity
}

structure StreamRecord {
    ApproximateCreationDateTime: Date
    Keys: AttributeMap
    NewImage: AttributeMap
    OldImage: AttributeMap
    SequenceNumber: SequenceNumber
    SizeBytes: PositiveLongObject
    StreamViewType: StreamViewType
}

structure SequenceNumberRange {
    StartingSequenceNumber: SequenceNumber
    EndingSequenceNumber: SequenceNumber
}

structure Shard {
    ShardId: ShardId
    SequenceNumberRange: SequenceNumberRange
    ParentShardId: ShardId
}

structure ShardFilter {
    Type: ShardFilterType
    ShardId: ShardId
}

structure Stream {
    StreamArn: StreamArn
    TableName: TableName
    StreamLabel: StreamText
}

structure StreamDescription {
    StreamArn: StreamArn
    StreamLabel: StreamText
    StreamStatus: StreamStatus
    StreamViewType: StreamViewType
    CreationRequestDateTime: Date
    TableName: TableName
    KeySchema: KeySchema
    Shards: ShardDescriptionList
    LastEvaluatedShardId: ShardId
}

list RecordList {
    member: Record
}

list ShardDescriptionList {
    member: Shard
}

list StreamList {
    member: Stream
}

enum OperationType {
    INSERT
    MODIFY
    REMOVE
}

enum ShardFilterType {
    CHILD_SHARDS
}

enum ShardIteratorType {
    TRIM_HORIZON
    LATEST
    AT_SEQUENCE_NUMBER
    AFTER_SEQUENCE_NUMBER
}

enum StreamStatus {
    ENABLING
    ENABLED
    DISABLING
    DISABLED
}

string StreamText

@range(min: 1, max: 100)
integer DescribeStreamLimit

@range(min: 1, max: 1000)
integer GetRecordsLimit

@range(min: 1, max: 100)
integer ListStreamsLimit

@range(min: 1)
long PositiveLongObject

@length(min: 21, max: 40)
string SequenceNumber

@length(min: 28, max: 65)
string ShardId

@length(min: 1, max: 2048)
string ShardIterator

@error("client")
structure ExpiredIteratorException {
    message: ErrorMessage
}

@error("client")
structure TrimmedDataAccessException {
    message: ErrorMessage
}
