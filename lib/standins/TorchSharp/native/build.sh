#!/usr/bin/env bash
# Builds the native bridge: build.sh OUTPUT.so [LIBTORCH_ROOT]
# LIBTORCH_ROOT (or the environment variable LIBTORCH) is a folder with include/ and lib/, such as the "torch" folder of a
# pip-installed PyTorch; without it the system's libtorch-dev is used.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
output=$1
root=${2:-${LIBTORCH:-}}

fail() { echo "error : $*" >&2; exit 1; }

command -v g++ > /dev/null || fail "the native part of the TorchSharp stand-in needs g++; install it (apt-get install g++) or run .devcontainer/setup.sh"

flags=()
if [ -n "$root" ]; then
    include=$root/include
    library=$root/lib
    flags+=(-isystem "$include")                    # the system's own include folder must not be named again
    [ -f "$include/ATen/ATen.h" ] || fail "LIBTORCH is '$root', but $include/ATen/ATen.h is not there; it should be a folder with include/ and lib/"
else
    include=/usr/include
    library=/usr/lib/$(g++ -dumpmachine)
    [ -f "$include/ATen/ATen.h" ] || fail "LibTorch was not found; install libtorch-dev or run .devcontainer/setup.sh, or set LIBTORCH to a folder with include/ and lib/"
fi
libraries=(-ltorch_cpu -ltorch -lc10)
[ -e "$library/libtorch_cuda.so" ] && libraries+=(-Wl,--no-as-needed -ltorch_cuda -lc10_cuda -Wl,--as-needed)

# pip wheels before PyTorch 2.6 were built with the old std::string ABI; the library's own symbols say which it is.
if [ -n "$root" ] && ! nm -D --defined-only "$library/libc10.so" | grep -q '__cxx11'; then
    flags+=(-D_GLIBCXX_USE_CXX11_ABI=0)
fi

mkdir -p "$(dirname "$output")"
temporary=$output.$$.tmp
trap 'rm -f "$temporary"' EXIT
g++ -std=c++17 -O2 -ftree-vectorize -fno-math-errno -ffp-contract=off -fopenmp \
    -fPIC -shared -fvisibility=hidden -Wall -Wno-unused-function "${flags[@]}" \
    -isystem "$include/torch/csrc/api/include" \
    "$here"/*.cpp -o "$temporary" -L"$library" -Wl,-rpath,"$library" "${libraries[@]}"
mv -f "$temporary" "$output"
