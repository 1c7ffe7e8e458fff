# SPDX-License-Identifier: MIT OR GPL-2.0-only
"""The headers that freestanding_standard_library compiles.

Each file that they include is here as well: a file that is part of the module, and that code includes by another way,
would be read a second time. Clang refuses to compile the module if one is missing.
"""

# Of libstdc++. Those that need a header of C are read by each file, as are those that a macro changes.
PUBLIC_HEADERS = [
    "algorithm",
    "array",
    "atomic",
    "bit",
    "bitset",
    "compare",
    "concepts",
    "coroutine",
    "cstdarg",
    "cstddef",
    "cstdint",
    "exception",
    "expected",
    "functional",
    "initializer_list",
    "iterator",
    "limits",
    "memory",
    "new",
    "numbers",
    "numeric",
    "optional",
    "ranges",
    "ratio",
    "source_location",
    "span",
    "string_view",
    "tuple",
    "type_traits",
    "typeinfo",
    "utility",
    "variant",
    "version",
]

# What those include. They come after them, because some cannot be read alone.
INTERNAL_HEADERS = [
    "backward/auto_ptr.h",
    "backward/binders.h",
    "bits/algorithmfwd.h",
    "bits/align.h",
    "bits/alloc_traits.h",
    "bits/atomic_base.h",
    "bits/atomic_lockfree_defines.h",
    "bits/char_traits.h",
    "bits/concept_check.h",
    "bits/cpp_type_traits.h",
    "bits/cxxabi_init_exception.h",
    "bits/elements_of.h",
    "bits/enable_special_members.h",
    "bits/exception.h",
    "bits/exception_defines.h",
    "bits/exception_ptr.h",
    "bits/functexcept.h",
    "bits/functional_hash.h",
    "bits/hash_bytes.h",
    "bits/invoke.h",
    "bits/iterator_concepts.h",
    "bits/max_size_type.h",
    "bits/memoryfwd.h",
    "bits/move.h",
    "bits/nested_exception.h",
    "bits/out_ptr.h",
    "bits/parse_numbers.h",
    "bits/predefined_ops.h",
    "bits/ptr_traits.h",
    "bits/range_access.h",
    "bits/ranges_algo.h",
    "bits/ranges_algobase.h",
    "bits/ranges_base.h",
    "bits/ranges_cmp.h",
    "bits/ranges_uninitialized.h",
    "bits/ranges_util.h",
    "bits/refwrap.h",
    "bits/stl_algo.h",
    "bits/stl_algobase.h",
    "bits/stl_construct.h",
    "bits/stl_function.h",
    "bits/stl_heap.h",
    "bits/stl_iterator.h",
    "bits/stl_iterator_base_funcs.h",
    "bits/stl_iterator_base_types.h",
    "bits/stl_numeric.h",
    "bits/stl_pair.h",
    "bits/stl_raw_storage_iter.h",
    "bits/stl_relops.h",
    "bits/stl_uninitialized.h",
    "bits/string_view.tcc",
    "bits/uniform_int_dist.h",
    "bits/unique_ptr.h",
    "bits/uses_allocator.h",
    "bits/uses_allocator_args.h",
    "bits/utility.h",
    "debug/assertions.h",
    "debug/debug.h",
    "ext/alloc_traits.h",
    "ext/numeric_traits.h",
    "ext/type_traits.h",
    "pstl/pstl_config.h",
]

# The same, for this machine.
MACHINE_HEADERS = [
    "bits/cpu_defines.h",
    "bits/os_defines.h",
]

# Of runtime/std, which wraps headers of libstdc++.
WRAPPING_HEADERS = [
    "bits/c++config.h",
    "expected",
    "features.h",
]

# Of libstdc++. Who includes it again gets other macros.
TEXTUAL_HEADERS = [
    "bits/version.h",
]

# The same for this machine. The project's file of that name undefines macros of it, which a module that has both
# would still have.
MACHINE_TEXTUAL_HEADERS = ["bits/c++config.h"]

# Of Clang.
COMPILER_HEADERS = [
    "__stdarg___gnuc_va_list.h",
    "__stdarg___va_copy.h",
    "__stdarg_header_macro.h",
    "__stdarg_va_arg.h",
    "__stdarg_va_copy.h",
    "__stdarg_va_list.h",
    "__stddef_header_macro.h",
    "__stddef_max_align_t.h",
    "__stddef_null.h",
    "__stddef_nullptr_t.h",
    "__stddef_offsetof.h",
    "__stddef_ptrdiff_t.h",
    "__stddef_size_t.h",
    "__stddef_wchar_t.h",
    "stdarg.h",
    "stddef.h",
    "stdint.h",
]
