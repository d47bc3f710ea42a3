// Operators by name: the schema is looked up once, then the operator is called boxed with a stack of tagged
// arguments; missing trailing arguments are the schema's defaults. Works for every operator of every libtorch.
#include "abi.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/stack.h>

#include <cstdlib>
#include <cstring>

namespace gt {

enum Tag : int32_t {
  kNone, kTensor, kInt, kDouble, kBool, kIntList, kDoubleList, kTensorList, kString, kDevice, kGenerator, kComplex, kBoolList
};

struct Argument {
  int32_t tag;
  int32_t count;  // of a list; the index of a device
  union {
    int64_t integer;
    double real;
    const void* pointer;
  };
};

struct Parameter {
  c10::TypePtr type;  // without Optional
  bool optional;
  c10::optional<c10::IValue> fallback;
  c10::optional<int32_t> length;  // of int[N], to which one number is repeated
  std::string name;
};

struct Operator {
  c10::OperatorHandle handle;
  std::vector<Parameter> parameters;
};

static Operator describe(const c10::OperatorHandle& handle) {
  Operator op{handle, {}};
  for (const c10::Argument& argument : handle.schema().arguments()) {
    auto type = argument.type();
    bool optional = false;
    if (auto wrapped = type->cast<c10::OptionalType>()) {
      type = wrapped->getElementType();
      optional = true;
    }
    op.parameters.push_back({type, optional, argument.default_value(), argument.N(), argument.name()});
  }
  return op;
}

[[noreturn]] static void mismatch(const Operator& op, const Parameter& parameter) {
  C10_THROW_ERROR(TypeError, op.handle.schema().name() + "(): argument '" + parameter.name + "' must be " +
                                 parameter.type->str() + (parameter.optional ? " or none" : ""));
}

static c10::IValue to_int_list(const Operator& op, const Parameter& parameter, const Argument& argument) {
  c10::List<int64_t> list;
  if (argument.tag == kInt) {
    list.resize(parameter.length.value_or(1), argument.integer);
  } else if (argument.tag == kIntList) {
    auto values = static_cast<const int64_t*>(argument.pointer);
    list.reserve(argument.count);
    for (int32_t i = 0; i < argument.count; i++) list.push_back(values[i]);
  } else {
    mismatch(op, parameter);
  }
  return list;
}

static c10::IValue to_double_list(const Operator& op, const Parameter& parameter, const Argument& argument) {
  if (argument.tag != kDoubleList) mismatch(op, parameter);
  auto values = static_cast<const double*>(argument.pointer);
  c10::List<double> list;
  for (int32_t i = 0; i < argument.count; i++) list.push_back(values[i]);
  return list;
}

static c10::IValue to_bool_list(const Operator& op, const Parameter& parameter, const Argument& argument) {
  if (argument.tag != kBoolList) mismatch(op, parameter);
  auto values = static_cast<const uint8_t*>(argument.pointer);
  c10::List<bool> list;
  for (int32_t i = 0; i < argument.count; i++) list.push_back(values[i] != 0);
  return list;
}

static c10::IValue to_list(const Operator& op, const Parameter& parameter, const Argument& argument) {
  auto element = parameter.type->castRaw<c10::ListType>()->getElementType();
  switch (element->kind()) {
    case c10::TypeKind::TensorType: {
      if (argument.tag != kTensorList) mismatch(op, parameter);
      c10::List<at::Tensor> list;
      auto handles = static_cast<const Handle*>(argument.pointer);
      for (int32_t i = 0; i < argument.count; i++) list.push_back(borrow(handles[i]));
      return list;
    }
    case c10::TypeKind::OptionalType: {  // Tensor?[]
      if (argument.tag != kTensorList) mismatch(op, parameter);
      c10::List<c10::optional<at::Tensor>> list;
      auto handles = static_cast<const Handle*>(argument.pointer);
      for (int32_t i = 0; i < argument.count; i++)
        list.push_back(handles[i] == nullptr ? c10::optional<at::Tensor>() : c10::make_optional(borrow(handles[i])));
      return list;
    }
    case c10::TypeKind::FloatType: return to_double_list(op, parameter, argument);
    case c10::TypeKind::BoolType: return to_bool_list(op, parameter, argument);
    case c10::TypeKind::NumberType: {  // Scalar[]
      if (argument.tag != kDoubleList) mismatch(op, parameter);
      auto values = static_cast<const double*>(argument.pointer);
      c10::impl::GenericList list(c10::NumberType::get());
      for (int32_t i = 0; i < argument.count; i++) list.push_back(values[i]);
      return list;
    }
    default: return to_int_list(op, parameter, argument);  // int[], SymInt[]
  }
}

static c10::IValue to_number(const Operator& op, const Parameter& parameter, const Argument& argument) {
  switch (argument.tag) {
    case kInt: return argument.integer;
    case kDouble: return argument.real;
    case kBool: return argument.integer != 0;
    case kComplex: {
      auto parts = static_cast<const double*>(argument.pointer);
      return c10::IValue(c10::complex<double>(parts[0], parts[1]));
    }
    default: mismatch(op, parameter);
  }
}

static c10::IValue to_value(const Operator& op, const Parameter& parameter, const Argument& argument) {
  if (argument.tag == kNone) {
    if (!parameter.optional && parameter.type->kind() == c10::TypeKind::TensorType) return at::Tensor();
    if (!parameter.optional && parameter.fallback) return *parameter.fallback;
    return c10::IValue();
  }
  switch (parameter.type->kind()) {
    case c10::TypeKind::TensorType:
      if (argument.tag != kTensor) mismatch(op, parameter);
      return borrow(static_cast<Handle>(const_cast<void*>(argument.pointer)));
    case c10::TypeKind::NumberType: return to_number(op, parameter, argument);
    case c10::TypeKind::FloatType:
      if (argument.tag == kDouble) return argument.real;
      if (argument.tag == kInt) return static_cast<double>(argument.integer);
      mismatch(op, parameter);
    case c10::TypeKind::BoolType:
      if (argument.tag != kBool) mismatch(op, parameter);
      return argument.integer != 0;
    case c10::TypeKind::ListType: return to_list(op, parameter, argument);
    case c10::TypeKind::StringType:
      if (argument.tag != kString) mismatch(op, parameter);
      return std::string(static_cast<const char*>(argument.pointer), argument.count);
    case c10::TypeKind::DeviceObjType:
      if (argument.tag != kDevice) mismatch(op, parameter);
      return c10::Device(static_cast<c10::DeviceType>(argument.integer), static_cast<c10::DeviceIndex>(argument.count));
    case c10::TypeKind::GeneratorType:
      if (argument.tag != kGenerator) mismatch(op, parameter);
      return *static_cast<const at::Generator*>(argument.pointer);
    default:  // int, SymInt, ScalarType, Layout, MemoryFormat
      if (argument.tag != kInt && argument.tag != kBool) mismatch(op, parameter);
      return argument.integer;
  }
}

static void to_result(c10::IValue&& value, Argument& result) {
  if (value.isTensor()) {
    result.tag = kTensor;
    result.pointer = give(std::move(value).toTensor());
  } else if (value.isTensorList()) {
    auto list = value.toTensorVector();
    auto handles = static_cast<Handle*>(std::malloc(sizeof(Handle) * (list.size() + 1)));
    for (size_t i = 0; i < list.size(); i++) handles[i] = give(std::move(list[i]));
    result.tag = kTensorList;
    result.count = static_cast<int32_t>(list.size());
    result.pointer = handles;
  } else if (value.isInt()) {
    result.tag = kInt;
    result.integer = value.toInt();
  } else if (value.isDouble()) {
    result.tag = kDouble;
    result.real = value.toDouble();
  } else if (value.isBool()) {
    result.tag = kBool;
    result.integer = value.toBool();
  } else if (value.isNone()) {
    result.tag = kNone;
  } else {
    C10_THROW_ERROR(Error, "a result of type " + value.tagKind() + " can't be returned");
  }
}

}  // namespace gt

using namespace gt;

// `name` is "aten::add" and `overload` "Tensor"; null with a message when this libtorch has no such operator.
GT_EXPORT void* gt_operator(const char* name, const char* overload) {
  return guarded<void*>(nullptr, [&]() -> void* {
    auto found = c10::Dispatcher::singleton().findSchema({name, overload});
    TORCH_CHECK(found.has_value(), "this libtorch has no operator ", name, *overload ? "." : "", overload);
    return new Operator(describe(*found));
  });
}

// Returns the number of results, or -1. A list among the results is freed with gt_free after its handles are taken.
GT_EXPORT int32_t gt_call(void* operator_, const Argument* arguments, int32_t count, Argument* results, int32_t room) {
  return guarded<int32_t>(-1, [&]() -> int32_t {
    auto& op = *static_cast<Operator*>(operator_);
    TORCH_CHECK(static_cast<size_t>(count) <= op.parameters.size(), op.handle.schema().name(), "() takes ",
                op.parameters.size(), " arguments but ", count, " were given");
    torch::jit::Stack stack;
    stack.reserve(op.parameters.size());
    for (int32_t i = 0; i < count; i++) stack.push_back(to_value(op, op.parameters[i], arguments[i]));
    for (size_t i = count; i < op.parameters.size(); i++) {
      auto& parameter = op.parameters[i];
      TORCH_CHECK(parameter.fallback || parameter.optional, op.handle.schema().name(), "() needs argument '", parameter.name, "'");
      stack.push_back(parameter.fallback ? *parameter.fallback : c10::IValue());
    }
    op.handle.callBoxed(&stack);
    auto returned = static_cast<int32_t>(stack.size());
    TORCH_CHECK(returned <= room, op.handle.schema().name(), "() returned ", returned, " values");
    for (int32_t i = 0; i < returned; i++) to_result(std::move(stack[i]), results[i]);
    return returned;
  });
}

GT_EXPORT void gt_free(void* memory) { std::free(memory); }
