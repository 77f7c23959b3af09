"""A service of buckets that speaks the S3 protocol, in the tests' own process (moto)."""

from contextlib import contextmanager

import boto3
from moto.server import ThreadedMotoServer

LOGIN = {"region_name": "eu-north-1", "access_key": "key", "secret_key": "secret"}


@contextmanager
def serve():
    """Start the service for a block; yield its address."""
    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def make_bucket(service):
    """Make the bucket ``files`` of the service, and return it."""
    client = {
        "endpoint_url": service,
        "region_name": LOGIN["region_name"],
        "aws_access_key_id": LOGIN["access_key"],
        "aws_secret_access_key": LOGIN["secret_key"],
    }
    place = {"LocationConstraint": LOGIN["region_name"]}
    boto3.client("s3", **client).create_bucket(Bucket="files", CreateBucketConfiguration=place)
    return boto3.resource("s3", **client).Bucket("files")
