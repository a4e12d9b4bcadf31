# Runs one Python test in an interpreter that has started, and has loaded modules, before the test was known.
#
#   python3 [OPTIONS] python.py [FOLDER]      does what `python3 [OPTIONS] MAIN ARGS...` would; modules to preload are
#                                             also looked for in FOLDER, and tests then have to be in that folder
#   python3 [OPTIONS] python.py -m MODULE     does what `python3 [OPTIONS] -m MODULE MAIN ARGS...` would
#
# The test is to find what a cold start gives it, so nothing of this file stays in its reach: no module, no frame below its
# own, no name in `__main__`. What this interpreter cannot do as a cold one would (a folder as MAIN, other variables that
# are read when an interpreter starts, files beside the test that preloaded modules would hide) is done by a cold start in
# this very process. The fork server loads this file and takes from it what it needs.
import sys

_before = set(sys.modules)
# `json` and `ctypes` would load a dozen modules that the test must not find loaded; their cores load none.
import _ctypes  # noqa: E402
import _json  # noqa: E402
import os  # noqa: E402
import time  # noqa: E402

for _name in set(sys.modules) - _before:
    del sys.modules[_name]

PYTHON = sys.version_info[:2]
# Exit code for what is no fault of the test.
FAILED = 125
# Variables that begin so are read when an interpreter or the C library starts.
START_VARIABLES = ("LANG", "LC_", "LD_", "MALLOC_", "PYTHON")
# A path in which no module is ever found: it holds the place of the test's folder.
NO_FOLDER = "/dev/null"


class Pointer(_ctypes._SimpleCData):
    _type_ = "P"


class Int(_ctypes._SimpleCData):
    _type_ = "i"


class PythonObject(_ctypes._SimpleCData):
    _type_ = "O"


class TwoInts(_ctypes.Array):
    _type_ = Int
    _length_ = 2


def c_function(name, result):
    """A function of the C library or of Python's C interface; it is called with the interpreter's lock held."""

    class Function(_ctypes.CFuncPtr):
        _flags_ = _ctypes.FUNCFLAG_CDECL | _ctypes.FUNCFLAG_PYTHONAPI
        _restype_ = result

    return Function(_ctypes.dlsym(_ctypes.dlopen(None, 0), name))


thread_state = c_function("PyThreadState_Get", Pointer)
call_object = c_function("PyObject_CallObject", PythonObject)
importer_of = c_function("PyImport_GetImporter", PythonObject)
open_file = c_function("fopen", Pointer)
run_open_file = c_function("PyRun_AnyFileExFlags", Int)
# Ends the interpreter in order, and the process.
end_process = c_function("Py_Exit", None)


class Start:
    """What the process was started with, and what has been preloaded since."""

    def __init__(self, arguments, file_count=1):
        self.module = arguments[1] if arguments[:1] == ["-m"] else None
        self.options = interpreter_options(file_count + len(arguments))
        self.cwd = os.getcwd()
        self.adds_folder = not (sys.flags.isolated or getattr(sys.flags, "safe_path", False))
        # What the interpreter itself has set, such as LC_CTYPE in place of the C locale, it sets at every start.
        initial = initial_environment()
        self.added = {name: value for name, value in os.environ.items() if initial.get(name, value) != value}
        self.added.update((name, os.environ[name]) for name in os.environ if name not in initial)
        self.environment = {name: value for name, value in os.environ.items() if name not in self.added}
        self.preloads = scan_json(os.environ.pop("PREKILL_PRELOAD", "[]"))
        self.ready_path = os.environ.pop("PREKILL_READY", None)
        self.folder = self.cwd if self.module else os.path.realpath(arguments[0]) if arguments else NO_FOLDER
        self.modules = set(sys.modules)
        # Of the preloaded modules: the first parts of their names, and what files of the project looked like.
        self.names = set()
        self.files = {}
        self.temp_folders = ()


def scan_json(text):
    """What JSON means. Raises ValueError when it is none."""

    class Context:
        strict = True
        object_hook = object_pairs_hook = parse_constant = None
        parse_float = float
        parse_int = int
        memo = {}

    text = text.strip()
    try:
        value, end = _json.make_scanner(Context)(text, 0)
    except StopIteration:
        raise ValueError(text[:40]) from None
    if end != len(text):
        raise ValueError(text[:40])
    return value


def interpreter_options(own_count):
    """Name and options of the interpreter: what stands before its program, and that one's arguments, in its command."""
    count, words = Int(), Pointer()
    c_function("Py_GetArgcArgv", None)(_ctypes.byref(count), _ctypes.byref(words))
    decode = c_function("PyUnicode_FromWideChar", PythonObject)
    size = _ctypes.sizeof(Pointer)
    command = [
        decode(Pointer.from_address(words.value + index * size), Pointer(-1)) for index in range(count.value)
    ]
    return command[:-own_count]


def initial_environment():
    """The environment that the process was started with; where that cannot be read, the present one but for LC_CTYPE."""
    try:
        with open("/proc/self/environ", "rb") as file:
            entries = os.fsdecode(file.read()).split("\0")
        return dict(entry.partition("=")[::2] for entry in entries if entry)
    except OSError:
        return {name: value for name, value in os.environ.items() if name != "LC_CTYPE"}


def preload(start):
    """Loads what the test will want, as if the test did it; an exception of a module is the caller's."""
    # Before a preload can ask for it.
    sys.modules["__main__"] = empty_main()
    sys.path_importer_cache.pop(os.path.abspath(sys.argv[0]), None)
    if start.adds_folder:
        sys.path_importer_cache.pop(sys.path[0], None)
        sys.path[0] = start.folder
    if start.module is not None:
        __import__("runpy")
        __import__(start.module)
    if start.module == "pytest":
        preload_pytest()
    for name in start.preloads:
        __import__(name)
    if "tempfile" in sys.modules:
        start.temp_folders = sys.modules["tempfile"]._candidate_tempdir_list()
    own = (sys.prefix, sys.base_prefix)
    for name in set(sys.modules) - start.modules:
        start.names.add(name.partition(".")[0])
        path = getattr(sys.modules[name], "__file__", None)
        # Installed packages do not change while tests run.
        if isinstance(path, str) and not path.startswith(own):
            start.files[path] = file_stamp(path)


def empty_main():
    """The module `__main__` before a program runs in it."""
    main = type(sys)("__main__")
    if PYTHON < (3, 14):
        main.__annotations__ = {}
    main.__builtins__ = sys.modules["builtins"]
    main.__loader__ = sys.modules["_frozen_importlib"].BuiltinImporter
    return main


def preload_pytest():
    """Loads the plugins that pytest would load: its own, and the installed ones with rewritten assertions."""
    from _pytest.assertion import install_importhook
    from _pytest.config import get_config

    config = get_config()
    if os.environ.get("PYTEST_DISABLE_PLUGIN_AUTOLOAD"):
        return
    # It has not read the settings, which the job may have other ones of: these are the defaults.
    config.getini = {"python_files": ["test_*.py", "*_test.py"], "enable_assertion_pass_hook": False}.get
    finders = list(sys.meta_path)
    try:
        hook = install_importhook(config)
        mark = config._mark_plugins_for_rewrite
        # pytest 8.4 has added whether to leave the installed ones alone.
        mark(*(hook, False)[: mark.__code__.co_argcount - 1])
        for distribution in __import__("importlib.metadata").metadata.distributions():
            for entry in distribution.entry_points:
                if entry.group == "pytest11":
                    entry.load()
    except Exception:
        # pytest meets the same at the job, and tells of it in its own way.
        pass
    finally:
        sys.meta_path[:] = finders


def file_stamp(path):
    try:
        status = os.stat(path)
    except OSError:
        return None
    return (status.st_mtime_ns, status.st_size, status.st_ino)


def read_job():
    """Reads standard input to its end. The job, or None for the empty one; raises ValueError for anything else."""
    parts = []
    while True:
        part = os.read(0, 1 << 20)
        if not part:
            break
        parts.append(part)
    text = b"".join(parts).decode("utf-8", "surrogatepass").strip()
    return scan_json(text) if text else None


def check_job(job):
    if not isinstance(job, dict) or job.get("v") != 1:
        raise ValueError("it is not of version 1 of the protocol")
    return job


def enter(start, job):
    """Makes of this process what a cold start of the job would be, or starts it cold; raises OSError for a bad folder."""
    os.chdir(job["cwd"])
    arguments = ["-m", start.module] if start.module else []
    arguments += [job["main"], *job["args"]]
    environment = dict(job["env"])
    environment.update(item for item in start.added.items() if item[0] not in environment)
    null = os.open(os.devnull, os.O_RDONLY)
    if null != 0:
        os.dup2(null, 0)
        os.close(null)
    folder = os.getcwd() if start.module else os.path.dirname(os.path.realpath(job["main"]))
    if needs_cold_start(start, job, environment, folder):
        os.execve(sys.executable, [*start.options, *arguments], environment)
    os.environ.clear()
    os.environ.update(environment)
    show_cookie(environment.get("PREKILL_ID"))
    time.tzset()
    sys.stdin = sys.__stdin__ = standard_stream(0, "r", sys.__stdin__)
    sys.argv = ["-m", *arguments[2:]] if start.module else arguments
    if hasattr(sys, "orig_argv"):
        sys.orig_argv = [*start.options, *arguments]
    if start.adds_folder and start.folder in sys.path:
        sys.path[sys.path.index(start.folder)] = folder
    sys.path_importer_cache.pop(NO_FOLDER, None)
    forget_start(start)


def show_cookie(cookie):
    """
    Has the environment that the kernel shows of this process, and of those that it forks, name the attempt: by that they
    are found when they are left behind. The variable of the preloads, which has been read, makes room for it.
    """
    if cookie is None:
        return
    entry = b"PREKILL_ID=" + os.fsencode(cookie)
    try:
        with open("/proc/self/environ", "rb") as file:
            entries = b"\0" + file.read()
        at = entries.find(b"\0PREKILL_PRELOAD=")
        size = entries.find(b"\0", at + 1) - at - 1
        if at < 0 or size < len(entry):
            return
        with open("/proc/self/stat", "rb") as file:
            # The 50th field; the second, in parentheses, may have spaces.
            address = int(file.read().rpartition(b")")[2].split()[47])
        memory = os.open("/proc/self/mem", os.O_WRONLY)
        try:
            os.pwrite(memory, entry.ljust(size, b"\0"), address + at)
        finally:
            os.close(memory)
    except (OSError, OverflowError):
        # Elsewhere there is nothing to be written to, or it is not allowed.
        pass


def needs_cold_start(start, job, environment, folder):
    if start.module is None and not is_script(script_path(job["main"])):
        return True
    if job["cwd"] != start.cwd:
        paths = environment.get("PYTHONPATH", "").split(os.pathsep)
        if any(path and not os.path.isabs(path) for path in paths):
            return True
    if any(
        environment.get(name) != start.environment.get(name)
        for name in {*environment, *start.environment}
        if name.startswith(START_VARIABLES) and name not in start.added
    ):
        return True
    if sys.flags.inspect or any(file_stamp(path) != stamp for path, stamp in start.files.items()):
        return True
    if not start.adds_folder or folder == start.folder:
        return False
    return start.folder != NO_FOLDER or hides_modules(start, folder)


def script_path(main):
    """What the interpreter makes of its first argument: absolute since 3.9, and otherwise as it stands."""
    return main if PYTHON < (3, 9) or os.path.isabs(main) else os.getcwd() + "/" + main


def is_script(path):
    """Whether the path is a file to be read as a program: neither a folder nor an archive, nor missing."""
    if not os.path.isfile(path) or not os.access(path, os.R_OK):
        return False
    return importer_of(PythonObject(path)) is None


def hides_modules(start, folder):
    """Whether a test in the folder would import something from there that has been preloaded from elsewhere."""
    if not start.names:
        return False
    suffixes = ("", ".py", ".pyc", *sys.modules["_imp"].extension_suffixes())
    for entry in os.listdir(folder):
        name, dot, suffix = entry.partition(".")
        if name in start.names and dot + suffix in suffixes:
            return True
    return False


def standard_stream(descriptor, mode, like):
    """A standard stream as the interpreter makes it when it starts."""
    if like is None:
        return None
    unbuffered = like.write_through and mode == "w"
    buffer = open(descriptor, mode + "b", 0 if unbuffered else -1, closefd=False)
    raw = buffer if unbuffered else buffer.raw
    raw.name = like.name
    stream = type(like)(
        buffer, like.encoding, like.errors, "\n", like.line_buffering and mode == "w", like.write_through
    )
    stream.mode = mode
    return stream


def forget_start(start):
    """Has modules look again at what they remember of the place where they were loaded."""
    tempfile = sys.modules.get("tempfile")
    if tempfile is not None and tempfile.tempdir in start.temp_folders:
        tempfile.tempdir = None
    process = sys.modules.get("multiprocessing.process")
    if process is not None and process.ORIGINAL_DIR == start.cwd:
        process.ORIGINAL_DIR = os.getcwd()


def find_top_frame():
    """
    The way to where the interpreter keeps which frame is on top: offsets in bytes, the first into the thread's state, a
    second into what stands there; none when it is not found for certain.
    """
    own = frame_address(sys._getframe())
    size = _ctypes.sizeof(Pointer)
    state = thread_state()
    ways = []
    for offset in range(0, 16 * size, size):
        word = Pointer.from_address(state + offset).value
        if word == own:
            ways.append((offset,))
        elif PYTHON in ((3, 11), (3, 12)) and is_memory(word, 2 * size):
            # No comprehension: it would be on top itself.
            for step in (0, size):
                if Pointer.from_address(word + step).value == own:
                    ways.append((offset, step))
    return ways[0] if len(ways) == 1 else ()


def frame_address(frame):
    """What the interpreter links frames by: the object, since 3.11 the inner part that it points to."""
    if PYTHON < (3, 11):
        return id(frame)
    return Pointer.from_address(id(frame) + object.__basicsize__ + _ctypes.sizeof(Pointer)).value


def is_memory(address, size):
    """Whether so many bytes can be read at an address."""
    try:
        memory = os.open("/proc/self/mem", os.O_RDONLY)
        try:
            return len(os.pread(memory, size, address or 0)) == size
        finally:
            os.close(memory)
    except (OSError, OverflowError):
        return False


TOP_FRAME = find_top_frame()


def call_bare(function, *arguments, then_end=False):
    """
    Calls a function of the C interface, which finds an empty stack, as if the interpreter's main program called it; and
    ends as that one would when the function has returned a status, unless the end is to be by an interrupt.
    """
    address = thread_state()
    for offset in TOP_FRAME[:-1]:
        address = Pointer.from_address(address + offset).value
    # In another function, another frame would be on top.
    slot = Pointer.from_address(address + TOP_FRAME[-1]) if TOP_FRAME else None
    if slot is None or slot.value != frame_address(sys._getframe()):
        slot = Pointer()
    saved, slot.value = slot.value, None
    try:
        result = function(*arguments)
        # Nothing but C is called from here on: the test may have left a profiler behind.
        if then_end and (result == 0 or sys.last_type is not KeyboardInterrupt):
            end_process(1 if result else 0)
        return result
    finally:
        slot.value = saved


def run(start, job):
    """Runs the test, and does not return: raises what the program of the runner is to end with, if it does not end here."""
    if start.module is None:
        run_file(script_path(job["main"]))
        error = KeyboardInterrupt
    else:
        error = run_module(start.module)
    if error is not KeyboardInterrupt:
        call_bare(end_process, 0 if error is None else 1)
    # The interpreter dies of it by the signal, after all else has ended; it has been told already.
    sys.excepthook = lambda *_: None
    raise KeyboardInterrupt


def run_file(path):
    """Does what the interpreter does with its first argument; returns only when it is to die of an interrupt."""
    path = os.fsencode(path)
    flags = TwoInts(0, PYTHON[1])
    file = Pointer(open_file(path, b"rbe"))
    call_bare(run_open_file, file, path, 1, _ctypes.byref(flags), then_end=True)


def run_module(name):
    """Does what the interpreter does with `-m`; returns the class of the exception it has told, or None."""
    function = sys.modules["runpy"]._run_module_as_main
    try:
        call_bare(call_object, PythonObject(function), PythonObject((name,)))
        return None
    except SystemExit:
        raise
    except BaseException as error:
        trace = error.__traceback__
        # The frames of this file.
        for _ in range(2):
            trace = trace.tb_next
        error.__traceback__ = trace
        sys.last_type, sys.last_value, sys.last_traceback = type(error), error, trace
        if PYTHON >= (3, 12):
            sys.last_exc = error
        call_bare(call_object, PythonObject(sys.excepthook), PythonObject((type(error), error, trace)))
        return type(error)


def begin(start, job):
    """Does a job: raises what the program of the runner is to end with."""
    try:
        enter(start, check_job(job))
    except (AttributeError, KeyError, TypeError, ValueError, OSError) as error:
        fail(error)
    run(start, job)


def fail(error):
    os.write(2, f"prekill: Cannot run the job: {error!r}\n".encode("utf-8", "replace"))
    raise SystemExit(FAILED)


def main():
    start = Start(sys.argv[1:])
    preload(start)
    if start.ready_path is not None:
        ready = os.open(start.ready_path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        os.write(ready, b"ready\n")
        os.close(ready)
    try:
        job = read_job()
    except ValueError as error:
        fail(error)
    if job is not None:
        begin(start, job)


if __name__ == "__main__":
    main()
