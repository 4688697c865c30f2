"""How numba compiles rules: as parts of entry points, which alone become machine code.

Left to itself, numba treats each of two hundred rules as if somebody might run it alone: it optimises each with all
that it calls, turns that into machine code, and does so again in each rule that calls it. Nobody runs a rule alone.
Here a rule is only translated; the entry point is optimised once, with all that it calls, and turned into machine code.
The same arithmetic either way, so the same bits, in seven tenths of the time.
"""

from typing import Any

from numba import _dynfunc  # type: ignore[attr-defined]  # it is in C
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import PassManager, register_pass
from numba.core.typed_passes import NativeLowering


class Part(JITCodeLibrary):
    """The code of a rule, to be linked into that of others."""

    def _optimize_functions(self, module: Any) -> None:
        """Left to the entry point, but for what all modules must have in common."""
        module.data_layout = self._codegen._data_layout  # noqa: SLF001  numba's own method does the same

    def _optimize_final_module(self) -> None:
        """Left to the entry point."""

    def _finalize_final_module(self) -> None:
        """No machine code is made."""
        self._finalize_dynamic_globals()  # type: ignore[no-untyped-call]
        self._finalized = True


class PartContext:
    """The compiler's own context, but that nothing is made that could be run."""

    def __init__(self, context: Any) -> None:
        self._context = context

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def get_executable(self, library: Any, description: Any, environment: Any) -> Any:
        """What stands for a function that can't be called from Python."""
        name = description.qualname.split(".")[-1]
        return _dynfunc.make_function(description.lookup_module(), name, "", 0, environment, (library,))


@register_pass(mutates_CFG=True, analysis_only=False)  # type: ignore[no-untyped-call]
class PartLowering(NativeLowering):
    """Translate a rule, and no more."""

    _name = "part_lowering"

    def run_pass(self, state: Any) -> bool:
        """As numba does, into a library of our own kind."""
        context = state.targetctx
        state.library = Part(context.codegen(), state.func_id.func_qualname)  # type: ignore[no-untyped-call]
        state.library.enable_object_caching()
        state.targetctx = PartContext(context)
        try:
            return bool(super().run_pass(state))  # type: ignore[no-untyped-call]
        finally:
            state.targetctx = context


class RuleCompiler(CompilerBase):
    """Numba's own passes, but for the last."""

    def define_pipelines(self) -> list[PassManager]:
        """One pipeline."""
        passes = DefaultPassBuilder.define_nopython_pipeline(self.state, "rule")  # type: ignore[no-untyped-call]
        passes.passes = [
            (PartLowering if one is NativeLowering else one, description) for one, description in passes.passes
        ]
        passes.finalize()
        return [passes]
