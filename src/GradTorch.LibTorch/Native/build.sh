#!/usr/bin/env bash
# Compiles the native side of the binding, once per libtorch, and prints the path of the library.
#
#   build.sh            the path; compiles first when there is none for this libtorch and these sources
#   build.sh --cached   the path, or exit 1 in silence when it would have to be compiled
#   build.sh --find     the folder of the libtorch that would be used
#
# The libtorch is $LIBTORCH (a folder with lib/ and include/), else, with an NVIDIA GPU, that of a CUDA PyTorch
# of python3, else the distribution's. Standard output carries the path alone.
set -euo pipefail

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=${here%/src/GradTorch.LibTorch/Native}
cache=$root/artifacts/native
library=libgradtorch_native.so

libraries= # folder of libtorch_cpu.so
includes=  # folder of the headers torch/, ATen/, c10/

say() { printf 'gradtorch: %s\n' "$*" >&2; }
fail() { say "$@"; exit 1; }

is_libtorch() { [[ -e $1/libtorch_cpu.so && -e $2/torch/csrc/api/include/torch/torch.h ]]; }

find_libtorch() {
  if [[ -n ${LIBTORCH:-} ]]; then
    is_libtorch "$LIBTORCH/lib" "$LIBTORCH/include" || fail "LIBTORCH is '$LIBTORCH', which is no libtorch for" \
      "compiling: it lacks lib/libtorch_cpu.so or include/torch. Set it to the folder of an unpacked libtorch," \
      "or unset it to use an installed one."
    use "$LIBTORCH/lib" "$LIBTORCH/include"
  elif ! find_cuda_wheel && ! find_distribution; then
    fail "no libtorch with headers was found. Install one (Debian, Ubuntu: sudo apt-get install" \
      "libtorch-dev), or set LIBTORCH to the folder of an unpacked libtorch from pytorch.org."
  fi
}

use() {
  libraries=$(cd -P "$1" && pwd)
  includes=$(cd -P "$2" && pwd)
}

# A PyTorch with CUDA of python3, when there is a GPU to run it on. Asking the driver and Python takes long, so
# the answer is kept with what it depends on: the interpreter, its settings, and its package folders' times.
find_cuda_wheel() {
  local driver python about wheel remembered=() folders=()
  driver=$(command -v nvidia-smi) && python=$(command -v python3) || return 1
  about="$driver|$(compgen -G '/dev/nvidia[0-9]*' | wc -l)|$python"
  about+="|${PYTHONPATH:-}|${VIRTUAL_ENV:-}|${CONDA_PREFIX:-}|${PYENV_VERSION:-}"

  [[ ! -r $cache/choice ]] || mapfile -t remembered <"$cache/choice"
  if [[ ${remembered[0]:-} == "$about" ]]; then
    folders=("${remembered[@]:3}")
    wheel=${remembered[1]}
  fi
  if [[ -z ${folders[*]} || ${remembered[2]} != "$(times "${folders[@]}")" ]]; then
    [[ $("$driver" -L 2>/dev/null) == GPU* ]] || return 1
    # The package is looked at, not imported: that takes seconds, and fails where a library of CUDA is missing.
    mapfile -t folders < <(cd "$root" && "$python" - 2>/dev/null <<'PYTHON'
import importlib.util, os, re, sys
package = importlib.util.find_spec("torch")
folder = os.path.dirname(package.origin) if package and package.origin else ""
version = os.path.join(folder, "version.py")
with_cuda = os.path.exists(version) and re.search(r"^cuda\b[^=]*= *['\"]", open(version).read(), re.MULTILINE)
print(folder if with_cuda else "")
print(*filter(os.path.isdir, filter(None, sys.path)), sep="\n")
PYTHON
    )
    wheel=${folders[0]:-}
    folders=("${folders[@]:1}")
    if [[ -n ${folders[*]} ]] && mkdir -p "$cache" 2>/dev/null; then
      printf '%s\n' "$about" "$wheel" "$(times "${folders[@]}")" "${folders[@]}" >"$cache/choice.$$"
      mv "$cache/choice.$$" "$cache/choice"
    fi
  fi
  [[ -n $wheel ]] && is_libtorch "$wheel/lib" "$wheel/include" && use "$wheel/lib" "$wheel/include"
}

times() { stat -c %.Y -- "$@" 2>/dev/null | tr '\n' ' '; }

find_distribution() {
  local folder
  for folder in "/usr/lib/$HOSTTYPE-linux-gnu" /usr/lib64 /usr/lib; do
    if is_libtorch "$folder" /usr/include; then
      use "$folder" /usr/include
      return
    fi
  done
  return 1
}

# Header folders of CUDA for a libtorch that has CUDA: a wheel's neighbours (the crt/ headers come with the compiler's
# wheel, or with Triton, which PyTorch brings), else a toolkit.
find_cuda_headers() {
  local folder
  [[ -e $libraries/libtorch_cuda.so ]] || return 0
  if compgen -G "$libraries/../../nvidia/*/include/cuda_runtime_api.h" >/dev/null; then
    for folder in "$libraries"/../../nvidia/*/include "$libraries/../../triton/backends/nvidia/include"; do
      [[ ! -d $folder ]] || (cd -P "$folder" && pwd)
    done
    return
  fi
  for folder in "${CUDA_HOME:-}" "${CUDA_PATH:-}" /usr/local/cuda /usr; do
    if [[ -n $folder && -e $folder/include/cuda_runtime_api.h ]]; then
      echo "$folder/include"
      return
    fi
  done
}

# A name for this libtorch (path, size, time) with these sources.
key() {
  local digest
  digest=$(cd "$here" && {
    stat -L -c '%n %s %Y' "$libraries/libtorch_cpu.so" "$includes/torch/csrc/api/include/torch/version.h"
    printf '%s\n' "${cuda_headers[@]}"
    sha256sum CMakeLists.txt build.sh ./*.cpp ./*.h
  } | sha256sum)
  echo "${digest:0:16}"
}

require_tools() {
  local missing=()
  command -v "${CXX:-c++}" >/dev/null || command -v g++ >/dev/null || missing+=(g++)
  command -v cmake >/dev/null || missing+=(cmake)
  command -v make >/dev/null || missing+=(make)
  ((${#missing[@]} == 0)) || fail "compiling the native side needs ${missing[*]}, which this machine lacks." \
    "Install it (Debian, Ubuntu: sudo apt-get install ${missing[*]})."
}

# A file that includes ATen takes the compiler 1 to 2 GB: no more at once than memory holds.
jobs() {
  local name kilobytes unit limit
  limit=$(nproc)
  while read -r name kilobytes unit; do
    if [[ $name == MemAvailable: && $unit == kB ]] && ((kilobytes / 2000000 < limit)); then
      limit=$((kilobytes / 2000000))
    fi
  done </proc/meminfo
  echo $((limit > 0 ? limit : 1))
}

compile() {
  local target=$1 work abi=1 log=$cache/build.log
  require_tools
  # How this libtorch spells std::string in one of its symbols: 'Ss' is the layout from before C++11.
  ! grep -qa '_ZN3c106detail14torchCheckFailEPKcS2_jRKSs' "$libraries/libc10.so" || abi=0
  rm -rf "$cache"/.build.* # of a build that was killed; the lock is ours
  work=$(mktemp -d "$cache/.build.XXXXXX")
  # shellcheck disable=SC2064 # the folder of now
  trap "rm -rf '$work'" EXIT
  say "Compiling the native side for the libtorch in $libraries (once) …"
  if ! {
    cmake -S "$here" -B "$work" -DCMAKE_BUILD_TYPE=Release -DLIBTORCH_LIBRARIES="$libraries" \
      -DLIBTORCH_INCLUDES="$includes;$includes/torch/csrc/api/include" -DLIBTORCH_CXX11_ABI=$abi \
      -DCUDA_INCLUDES="$(IFS=';' && echo "${cuda_headers[*]}")" &&
      cmake --build "$work" --parallel "$(jobs)"
  } >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    fail "the native side could not be compiled for the libtorch in $libraries; the whole log is $log."
  fi
  if [[ -e $libraries/libtorch_cuda.so ]] && ! grep -q '^cuda_headers_compile.*=1$' "$work/CMakeCache.txt"; then
    say "CUDA's headers are missing or incomplete (see $log): built without what needs them (CUDA graphs," \
      "memory figures)." \
      "With a pip PyTorch of CUDA 12: pip install nvidia-cuda-runtime-cu12 nvidia-cuda-nvcc-cu12; then remove" \
      "$target and run this again."
  fi
  mkdir "$work/done"
  mv "$work/$library" "$work/done/"
  mv -T "$work/done" "$target"
}

find_libtorch
if [[ ${1:-} == --find ]]; then
  echo "$libraries"
  exit
fi

mapfile -t cuda_headers < <(find_cuda_headers)
target=$cache/$(key)
if [[ ! -e $target/$library ]]; then
  [[ ${1:-} != --cached ]] || exit 1
  mkdir -p "$cache"
  exec 8>"$cache/lock"
  flock 8
  [[ -e $target/$library ]] || compile "$target"
fi
echo "$target/$library"
