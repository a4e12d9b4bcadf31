# Forks a process for each Python test, from an interpreter that has started and has loaded modules once for all of them.
#
#   python3 [OPTIONS] fork_server.py PYTHON_RUNNER [FOLDER | -m MODULE]      see the Python runner for what is optional
#
# A job is a line of JSON on standard input, {"log":PATH,"job":{...}}; jobs are numbered from 1. What happens is told by lines
# of JSON on standard output: {"ready":true} or {"refused":REASON} first; then {"forked":NUMBER,"pid":PID} or
# {"failed":NUMBER,"reason":WHY}, and {"exited":NUMBER,"code":CODE} or {"exited":NUMBER,"signal":SIGNAL}: a parent knows for
# certain how its child ended. At the end of its input the server waits for its children and ends. What modules print goes to
# the file PREKILL_OUTPUT. One child is forked beforehand, and waits for the next job.
import sys

_before = set(sys.modules)
import _json  # noqa: E402
import _signal  # noqa: E402
import gc  # noqa: E402
import os  # noqa: E402
import select  # noqa: E402

for _name in set(sys.modules) - _before:
    del sys.modules[_name]

CHUNK = 1 << 16
# What modules print when they are loaded is repeated in front of each test's output, so much of it.
MAX_PRINTED = 1 << 20


def load_runner(path):
    """The names of the Python runner, which is not run."""
    names = {"__name__": "prekill"}
    with open(path, "rb") as file:
        exec(compile(file.read(), path, "exec"), names)
    return names


def connect_streams(standard_stream):
    """Takes the standard streams for the server; the preloads get others. Returns descriptors for jobs and reports."""
    jobs, reports = os.dup(0), os.dup(1)
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
    output = os.open(os.environ.pop("PREKILL_OUTPUT"), flags, 0o600)
    null = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((null, 0), (output, 1), (output, 2)):
        os.dup2(source, target)
    os.close(null)
    os.close(output)
    sys.stdin = sys.__stdin__ = standard_stream(0, "r", sys.__stdin__)
    sys.stdout = sys.__stdout__ = standard_stream(1, "w", sys.__stdout__)
    sys.stderr = sys.__stderr__ = standard_stream(2, "w", sys.__stderr__)
    return jobs, reports


def reason_to_refuse():
    """Why a copy of this process would not be whole; None when it would."""
    threading = sys.modules.get("threading")
    names = [thread.name for thread in threading.enumerate()[1:]] if threading else []
    try:
        count = len(os.listdir("/proc/self/task")) - 1
    except OSError:
        count = len(names)
    if count < 1:
        return None
    named = f" ({', '.join(names)})" if names else ""
    return f"loading modules has started {count} thread{'s' if count > 1 else ''}{named}, which a fork would leave behind"


class Server:
    """Reads jobs, forks and waits, in one thread."""

    def __init__(self, runner, jobs, reports):
        self.runner = runner
        self.jobs = jobs
        self.reports = reports
        # What loading modules has printed, as far as it has been written out: the rest is copied with the process.
        self.printed = os.pread(1, MAX_PRINTED, 0)
        self.count = 0
        # Numbers of jobs by the pids of their children.
        self.numbers = {}
        # The child that waits, and the end of the pipe through which it gets its job; or why there is none.
        self.spare = None
        self.failure = ""
        self.wake, self.woken = os.pipe()
        os.set_blocking(self.wake, False)
        os.set_blocking(self.woken, False)
        self.former_handler = _signal.signal(_signal.SIGCHLD, lambda *_: None)
        self.former_wakeup = _signal.set_wakeup_fd(self.woken, warn_on_full_buffer=False)

    def report(self, text):
        data = text.encode("ascii") + b"\n"
        while data:
            data = data[os.write(self.reports, data) :]

    def fail(self, number, error):
        self.report(f'{{"failed":{number},"reason":{_json.encode_basestring_ascii(str(error))}}}')

    def serve(self):
        """Serves to the end of the input, and returns None; returns the job in each child."""
        poll = select.poll()
        poll.register(self.jobs, select.POLLIN)
        poll.register(self.wake, select.POLLIN)
        pending = []
        while True:
            if self.spare is None and not poll.poll(0) and self.fork():
                return self.take_job()
            ready = dict(poll.poll())
            if self.wake in ready:
                os.read(self.wake, CHUNK)
                self.reap(os.WNOHANG)
            if self.jobs not in ready:
                continue
            part = os.read(self.jobs, CHUNK)
            if not part:
                break
            *lines, rest = part.split(b"\n")
            for line in lines:
                if self.spare is None and self.fork():
                    return self.take_job()
                self.hand_out(b"".join([*pending, line]))
                pending = []
            pending.append(rest)
        self.drop_spare()
        self.reap(0)
        return None

    def fork(self):
        """Forks a child that waits; whether this is the child."""
        try:
            read, write = os.pipe()
        except OSError as error:
            self.failure = error
            return False
        try:
            pid = os.fork()
        except OSError as error:
            self.failure = error
            os.close(read)
            os.close(write)
            return False
        if pid == 0:
            os.close(write)
            self.become_child(read)
            return True
        os.close(read)
        self.spare = (pid, write)
        return False

    def hand_out(self, line):
        self.count += 1
        if self.spare is None:
            return self.fail(self.count, self.failure)
        pid, write = self.spare
        self.spare = None
        self.numbers[pid] = self.count
        data = memoryview(b"%d %s" % (self.count, line))
        try:
            while data:
                data = data[os.write(write, data) :]
        except BrokenPipeError:
            # Somebody has killed it: its end will be told, and so that it has run nothing.
            pass
        os.close(write)

    def drop_spare(self):
        if self.spare is not None:
            os.close(self.spare[1])
        self.spare = None

    def become_child(self, pipe):
        """Leads a session of its own, with nothing left of the server but what tells of the job."""
        try:
            os.setsid()
            _signal.set_wakeup_fd(self.former_wakeup)
            _signal.signal(_signal.SIGCHLD, self.former_handler)
            for descriptor in (self.jobs, self.wake, self.woken):
                os.close(descriptor)
            self.jobs = pipe
            self.renew_main()
            numpy = sys.modules.get("numpy.random")
            # `random` does so by itself.
            if numpy is not None:
                numpy.seed()
        except BaseException:
            os._exit(1)

    def take_job(self):
        """Waits for the job, and connects this child to its log."""
        parts = []
        while True:
            part = os.read(self.jobs, 1 << 20)
            if not part:
                break
            parts.append(part)
        number, _, line = b"".join(parts).partition(b" ")
        if not line:
            # The server has ended.
            os._exit(0)
        try:
            request = self.runner["scan_json"](line.decode("utf-8", "surrogatepass"))
            log = os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
            # By the child itself: no test runs that nobody has heard of.
            self.report('{"forked":%d,"pid":%d}' % (int(number), os.getpid()))
            for target in (1, 2):
                os.dup2(log, target)
            for descriptor in (log, self.jobs, self.reports):
                os.close(descriptor)
            if self.printed:
                os.write(1, self.printed)
            return request["job"]
        except BaseException as error:
            self.fail(int(number), error)
            os._exit(1)

    def renew_main(self):
        """What is older than the freeze is never collected, not even at the end, so the test gets a younger `__main__`."""
        main = sys.modules["__main__"]
        # `multiprocessing` knows it by a second name. Looking at all modules would copy the memory that they are in.
        names = [name for name in ("__main__", "__mp_main__") if sys.modules.get(name) is main]
        # Unless a preload has kept it; two are the variable above and the argument.
        if sys.getrefcount(main) == len(names) + 2:
            sys.modules.update(dict.fromkeys(names, self.runner["empty_main"]()))

    def reap(self, options):
        """Reports the children that have ended: all so far, or with options 0 all there are."""
        while True:
            try:
                pid, status = os.waitpid(-1, options)
            except ChildProcessError:
                return
            if pid == 0:
                return
            if self.spare is not None and pid == self.spare[0]:
                self.drop_spare()
            number = self.numbers.pop(pid, None)
            if number is None:
                continue
            if os.WIFSIGNALED(status):
                self.report(f'{{"exited":{number},"signal":{os.WTERMSIG(status)}}}')
            else:
                self.report(f'{{"exited":{number},"code":{os.WEXITSTATUS(status)}}}')


def serve():
    """Serves; returns what a child is to do: the names of the runner, what it was started with, and the job."""
    runner = load_runner(sys.argv[1])
    jobs, reports = connect_streams(runner["standard_stream"])
    start = runner["Start"](sys.argv[2:], 2)
    runner["preload"](start)
    server = Server(runner, jobs, reports)
    reason = reason_to_refuse()
    if reason is not None:
        server.report(f'{{"refused":{_json.encode_basestring_ascii(reason)}}}')
        return None
    gc.collect()
    # A collection in a child would otherwise copy all memory that it shares with the server.
    gc.freeze()
    try:
        server.report('{"ready":true}')
        job = server.serve()
    except BrokenPipeError:
        # Whoever it serves is gone; children are ended by others.
        os._exit(1)
    return None if job is None else (runner, start, job)


work = serve()
if work is not None:
    work[0]["begin"](work[1], work[2])
