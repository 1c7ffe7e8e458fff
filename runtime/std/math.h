// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Declarations of <math.h>, for templates that only name them: a kernel has no floating point.
#ifndef RUNTIME_STD_MATH_H_
#define RUNTIME_STD_MATH_H_

#include <bits/kmod_c_library.h>

#define KMOD_NO_FLOATING_POINT KMOD_NOT_IN_KERNEL("it has no floating point; use integers")

#define HUGE_VAL __builtin_huge_val()
#define INFINITY __builtin_inff()
#define NAN __builtin_nanf("")

KMOD_C_LIBRARY_BEGIN

double acos(double x) KMOD_NO_FLOATING_POINT;
double asin(double x) KMOD_NO_FLOATING_POINT;
double atan(double x) KMOD_NO_FLOATING_POINT;
double atan2(double x, double y) KMOD_NO_FLOATING_POINT;
double cbrt(double x) KMOD_NO_FLOATING_POINT;
double ceil(double x) KMOD_NO_FLOATING_POINT;
double copysign(double x, double y) KMOD_NO_FLOATING_POINT;
double cos(double x) KMOD_NO_FLOATING_POINT;
double exp(double x) KMOD_NO_FLOATING_POINT;
double exp2(double x) KMOD_NO_FLOATING_POINT;
double fabs(double x) KMOD_NO_FLOATING_POINT;
double floor(double x) KMOD_NO_FLOATING_POINT;
double fmax(double x, double y) KMOD_NO_FLOATING_POINT;
double fmin(double x, double y) KMOD_NO_FLOATING_POINT;
double fmod(double x, double y) KMOD_NO_FLOATING_POINT;
double hypot(double x, double y) KMOD_NO_FLOATING_POINT;
double log(double x) KMOD_NO_FLOATING_POINT;
double log10(double x) KMOD_NO_FLOATING_POINT;
double log2(double x) KMOD_NO_FLOATING_POINT;
double nextafter(double x, double y) KMOD_NO_FLOATING_POINT;
double pow(double x, double y) KMOD_NO_FLOATING_POINT;
double remainder(double x, double y) KMOD_NO_FLOATING_POINT;
double rint(double x) KMOD_NO_FLOATING_POINT;
double round(double x) KMOD_NO_FLOATING_POINT;
double sin(double x) KMOD_NO_FLOATING_POINT;
double sqrt(double x) KMOD_NO_FLOATING_POINT;
double tan(double x) KMOD_NO_FLOATING_POINT;
double tanh(double x) KMOD_NO_FLOATING_POINT;
double trunc(double x) KMOD_NO_FLOATING_POINT;

float acosf(float x) KMOD_NO_FLOATING_POINT;
float asinf(float x) KMOD_NO_FLOATING_POINT;
float atanf(float x) KMOD_NO_FLOATING_POINT;
float atan2f(float x, float y) KMOD_NO_FLOATING_POINT;
float cbrtf(float x) KMOD_NO_FLOATING_POINT;
float ceilf(float x) KMOD_NO_FLOATING_POINT;
float copysignf(float x, float y) KMOD_NO_FLOATING_POINT;
float cosf(float x) KMOD_NO_FLOATING_POINT;
float expf(float x) KMOD_NO_FLOATING_POINT;
float exp2f(float x) KMOD_NO_FLOATING_POINT;
float fabsf(float x) KMOD_NO_FLOATING_POINT;
float floorf(float x) KMOD_NO_FLOATING_POINT;
float fmaxf(float x, float y) KMOD_NO_FLOATING_POINT;
float fminf(float x, float y) KMOD_NO_FLOATING_POINT;
float fmodf(float x, float y) KMOD_NO_FLOATING_POINT;
float hypotf(float x, float y) KMOD_NO_FLOATING_POINT;
float logf(float x) KMOD_NO_FLOATING_POINT;
float log10f(float x) KMOD_NO_FLOATING_POINT;
float log2f(float x) KMOD_NO_FLOATING_POINT;
float nextafterf(float x, float y) KMOD_NO_FLOATING_POINT;
float powf(float x, float y) KMOD_NO_FLOATING_POINT;
float remainderf(float x, float y) KMOD_NO_FLOATING_POINT;
float rintf(float x) KMOD_NO_FLOATING_POINT;
float roundf(float x) KMOD_NO_FLOATING_POINT;
float sinf(float x) KMOD_NO_FLOATING_POINT;
float sqrtf(float x) KMOD_NO_FLOATING_POINT;
float tanf(float x) KMOD_NO_FLOATING_POINT;
float tanhf(float x) KMOD_NO_FLOATING_POINT;
float truncf(float x) KMOD_NO_FLOATING_POINT;

KMOD_C_LIBRARY_END

#endif  // RUNTIME_STD_MATH_H_
