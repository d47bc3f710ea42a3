#include "formula_device.h"

#include <sstream>

namespace gt {

std::string device_function(const char* name, const std::vector<Step>& steps) {
  std::ostringstream text;
  text.precision(17);
  text << "__device__ T " << name << "(T z, T parameter) {\n";
  auto of = [&](int32_t step) { return step < 0 ? std::string("z") : "s" + std::to_string(step); };
  for (size_t i = 0; i < steps.size(); i++) {
    auto x = of(steps[i].x), y = of(steps[i].y);
    text << "  T s" << i << " = ";
    switch (steps[i].operation) {
      case Operation::input: text << "z"; break;
      case Operation::parameter: text << "parameter"; break;
      case Operation::constant: text << "(T)" << std::scientific << steps[i].constant; break;
      case Operation::add: text << x << " + " << y; break;
      case Operation::subtract: text << x << " - " << y; break;
      case Operation::multiply: text << x << " * " << y; break;
      case Operation::divide: text << x << " / " << y; break;
      case Operation::absolute: text << "fabs(" << x << ")"; break;
      case Operation::exponential: text << "exp(" << x << ")"; break;
      case Operation::sigmoid: text << "(" << x << " < 0 ? exp(" << x << ") : (T)1) / (1 + exp(-fabs(" << x << ")))"; break;
      case Operation::positive_part: text << x << " < 0 ? (T)0 : " << x; break;
      case Operation::at_most: text << x << " <= " << y << " ? (T)1 : (T)0"; break;
    }
    text << ";\n";
  }
  text << "  return " << of(static_cast<int32_t>(steps.size()) - 1) << ";\n}\n";
  return text.str();
}

}  // namespace gt
