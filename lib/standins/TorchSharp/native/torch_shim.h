// What the C# layer sees of LibTorch: a handful of C functions, most of them one call through the operator dispatcher.
#pragma once
#include <cstdint>

extern "C" {

// One argument or result of an operator. Results own what they point to; arguments lend it.
enum ShimTag : int32_t {
    TAG_DEFAULT = 0,      // take the schema's default
    TAG_NONE = 1,
    TAG_TENSOR = 2,       // p: tensor handle, null for an undefined tensor
    TAG_INT = 3,          // i
    TAG_DOUBLE = 4,       // d
    TAG_BOOL = 5,         // i
    TAG_INTS = 6,         // p: int64_t[count]
    TAG_DOUBLES = 7,      // p: double[count]
    TAG_TENSORS = 8,      // p: handle[count]
    TAG_STRING = 9,       // p: UTF-8, count bytes
    TAG_DEVICE = 10,      // i: type | (index << 32)
    TAG_GENERATOR = 11,   // p: generator handle
};

struct ShimValue {
    int32_t tag;
    int32_t count;
    union {
        int64_t i;
        double d;
        const void* p;
    };
};

typedef void* ShimTensor;   // a c10::TensorImpl with one reference owned by the holder

}
