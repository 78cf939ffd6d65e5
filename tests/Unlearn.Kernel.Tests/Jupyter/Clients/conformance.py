"""Jupyter's own conformance suite, from Debian's python3-jupyter-kernel-test."""
import sys
import unittest
from queue import Empty

import jupyter_kernel_test
from jupyter_client.utils import run_sync

from checks import say


class CSharpKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = ".net-csharp"
    language_name = "C#"
    file_extension = ".cs"
    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("wrong");'
    code_execute_result = [
        {"code": "1 + 1", "result": "2"}, {"code": '"a" + "b"', "result": "ab"}, {"code": "6 * 7", "result": "42"},
        {"code": 'HTML("<b>x</b>")', "mime": "text/html", "result": "<b>x</b>"}, {"code": "1 + 1", "result": "2"},
        {"code": "1 + 1", "result": "2"},
    ]
    code_display_data = [
        {"code": 'display(HTML("<b>x</b>"));', "mime": "text/html"},
        {"code": '"**x**".DisplayAs("text/markdown");', "mime": "text/markdown"},
    ]
    code_generate_error = 'throw new Exception("wrong");'
    completion_samples = [{"text": "Console.ForegroundC", "matches": {"ForegroundColor"}}]
    complete_code_samples = ["1 + 1", "var x = 5;", "foreach (var i in new[] { 1 })\n{\n    Console.WriteLine(i);\n}", ""]
    incomplete_code_samples = ["foreach (var i in new[] { 1 })\n{", "Console.WriteLine(", "/* not closed"]
    invalid_code_samples = ["var 5 = x;", "1 + ) 2;", "foreach (x y z) { }"]
    code_inspect_sample = "Console.WriteLine"
    code_history_pattern = "1 ? 1*"
    supported_history_operations = ("tail", "range", "search")

    @classmethod
    def setUpClass(cls):
        """The suite waits a tenth of a second for each output; a busy machine may take longer, so waiting for something has more time."""
        super().setUpClass()
        cls.quick = cls.kc.iopub_channel.get_msg
        cls.kc.iopub_channel.get_msg = lambda timeout: cls.quick(timeout=10)

    def flush_channels(self):
        for get in (self.kc.shell_channel.get_msg, type(self).quick):
            try:
                while True:
                    jupyter_kernel_test.validate_message(run_sync(get)(timeout=0.1))
            except Empty:
                pass


class Told(unittest.TestResult):
    """One line a test; a subtest that fails fails its test."""

    def startTest(self, test):
        super().startTest(test)
        self.wrong = None

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error:
            self.wrong = self.wrong or "%s: %s: %s" % (subtest, error[0].__name__, error[1])

    def addFailure(self, test, error):
        self.wrong = "%s: %s" % (error[0].__name__, error[1])

    addError = addFailure

    def addSkip(self, test, reason):
        say("skip", getattr(test, "_testMethodName", str(test)), reason or "no sample: the kernel has nothing of this kind")
        self.wrong = ""

    def stopTest(self, test):
        super().stopTest(test)
        if self.wrong is None:
            say("ok", test._testMethodName)
        elif self.wrong:
            say("failed", test._testMethodName, self.wrong)


unittest.defaultTestLoader.loadTestsFromTestCase(CSharpKernelTests).run(Told())
sys.stdout.flush()
