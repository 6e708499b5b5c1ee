"""A client of the Lambda Runtime API for a handler in Python: protocol only.

    python3 client.py lambda_function.lambda_handler

It serves that function of that file in the working directory until it is ended.
https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html; error types and
their words are those of AWS's own client, awslambdaric. Unlike on AWS the log has
no line for each error beside what the traceback prints.
"""
import decimal
import http.client
import importlib
import json
import logging
import os
import sys
import time
import traceback

API = "/2018-06-01/runtime/"
OWN = ("<string>", globals().get("__file__"))  # the names of this file in tracebacks


class Fault(Exception):
    """Something of the runtime's own that fails an invocation: type and words."""

    def __init__(self, kind, words, trace=()):
        super().__init__(words)
        self.kind, self.words, self.trace = kind, words, list(trace)


class Context:
    """What a handler is told of its invocation."""

    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.client_context = json.loads(headers.get("Lambda-Runtime-Client-Context") or "null")
        self.identity = None
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))


def load(name):
    """The function that "module.function" names; "/" parts folders."""
    module, dot, function = name.rpartition(".")
    if not dot:
        raise Fault("Runtime.MalformedHandlerName", f"Bad handler '{name}': not enough values to unpack (expected 2, got 1)")
    try:
        found = importlib.import_module(module.replace("/", "."))
    except ImportError as e:
        raise Fault("Runtime.ImportModuleError", f"Unable to import module '{module}': {e}")
    except SyntaxError as e:
        raise Fault("Runtime.UserCodeSyntaxError", f"Syntax error in module '{module}': {e}", [f'  File "{e.filename}" Line {e.lineno}\n    {e.text}'])
    if not hasattr(found, function):
        raise Fault("Runtime.HandlerNotFound", f"Handler '{function}' missing on module '{module}'")
    return getattr(found, function)


def failure(e, request_id=""):
    """The error document of an exception, without this file's own frames."""
    if isinstance(e, Fault):
        words, kind, trace = e.words, e.kind, e.trace
    else:
        frames = traceback.extract_tb(e.__traceback__)
        words, kind = str(e), type(e).__name__
        trace = traceback.format_list([f for f in frames if f.filename not in OWN])
    print(f"[ERROR] {kind}: {words}\nTraceback (most recent call last):\n" + "".join(trace), flush=True)
    return {"errorMessage": words, "errorType": kind, "requestId": request_id, "stackTrace": trace}


def plain(value):
    """What json cannot write by itself: AWS's client writes a Decimal as a number."""
    if isinstance(value, decimal.Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def marshal(value):
    try:
        return json.dumps(value, default=plain).encode()
    except Exception as e:
        raise Fault("Runtime.MarshalError", f"Unable to marshal response: {e}")


class RuntimeAPI:
    """The Runtime API, on one connection that stays open."""

    def __init__(self, address):
        self.connection = http.client.HTTPConnection(address)

    def call(self, method, path, body=None, headers={}):
        self.connection.request(method, API + path, body, headers)
        answer = self.connection.getresponse()
        return answer.headers, answer.read()

    def fail(self, path, document):
        self.call("POST", path, json.dumps(document).encode(), {"Lambda-Runtime-Function-Error-Type": document["errorType"]})


class RequestID(logging.Filter):
    """Gives log lines the id of the invocation, as Lambda's do."""

    current = ""

    def filter(self, record):
        record.aws_request_id = RequestID.current
        return True


def log_as_lambda():
    logging.Formatter.converter = time.gmtime
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s", "%Y-%m-%dT%H:%M:%S"))
    handler.addFilter(RequestID())
    logging.getLogger().addHandler(handler)


def serve(name, api):
    try:
        handler = load(name)
    except Exception as e:
        api.fail("init/error", failure(e))
        sys.exit(1)
    while True:
        headers, event = api.call("GET", "invocation/next")
        context = Context(headers)
        RequestID.current = context.aws_request_id
        os.environ["_X_AMZN_TRACE_ID"] = headers.get("Lambda-Runtime-Trace-Id", "")
        at = f"invocation/{context.aws_request_id}/"
        try:
            body = marshal(handler(json.loads(event), context))
        except Exception as e:
            api.fail(at + "error", failure(e, context.aws_request_id))
        else:
            api.call("POST", at + "response", body, {"Content-Type": "application/json"})


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)
    sys.path.insert(0, os.getcwd())
    sys.dont_write_bytecode = True  # beside the handler: on Lambda its folder is read-only
    os.environ["AWS_EXECUTION_ENV"] = "AWS_Lambda_python%d.%d" % sys.version_info[:2]
    log_as_lambda()
    serve(sys.argv[1], RuntimeAPI(os.environ["AWS_LAMBDA_RUNTIME_API"]))
