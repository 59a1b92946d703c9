// Layers of the reference models in plain C, by the loops that libraries for microcontrollers without vector instructions use: what the kernel set
// `scalar` is compared with. README.md says how to run it.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { INPUT_OFFSET = 128, OUTPUT_OFFSET = -128, MINIMUM = -128, MAXIMUM = 127, ROUNDS = 201, REPEATS = 20 };

static int8_t input[1 << 17], weights[1 << 17], output[1 << 17];
static int32_t bias[1024], multipliers[1024], shifts[1024];
static int16_t windows[2 * 9 * 64];

static inline int32_t divide_by_power_of_two(int32_t value, int32_t exponent)
{
    int32_t mask = (1 << exponent) - 1;
    int32_t threshold = (mask >> 1) + (value < 0);
    return (value >> exponent) + ((value & mask) > threshold);
}

static inline int8_t finish(int32_t sum, int channel)
{
    int32_t left = shifts[channel] > 0 ? shifts[channel] : 0;
    int32_t right = shifts[channel] > 0 ? 0 : -shifts[channel];
    int64_t product = (int64_t)(sum * (1 << left)) * multipliers[channel] + (1 << 30);
    int32_t value = divide_by_power_of_two((int32_t)(product >> 31), right) + OUTPUT_OFFSET;
    value = value < MINIMUM ? MINIMUM : value;
    return (int8_t)(value > MAXIMUM ? MAXIMUM : value);
}

// Two rows by two columns of a product stay in registers.
static void single_pixels(int pixels, int channels, int outputs)
{
    for (int j = 0; j < outputs; j += 2)
    {
        const int8_t *filter = weights + j * channels;
        int32_t start0 = 0, start1 = 0;
        for (int k = 0; k < channels; k++)
        {
            start0 += filter[k];
            start1 += filter[k + channels];
        }

        start0 = start0 * INPUT_OFFSET + bias[j];
        start1 = start1 * INPUT_OFFSET + bias[j + 1];
        for (int i = 0; i + 2 <= pixels; i += 2)
        {
            const int8_t *left = input + i * channels;
            const int8_t *right = filter;
            int32_t sum00 = start0, sum01 = start1, sum10 = start0, sum11 = start1;
            for (int k = channels; k != 0; k--)
            {
                int8_t right0 = right[0], right1 = right[channels];
                sum00 += left[0] * right0;
                sum01 += left[0] * right1;
                sum10 += left[channels] * right0;
                sum11 += left[channels] * right1;
                left++;
                right++;
            }

            output[i * outputs + j] = finish(sum00, j);
            output[i * outputs + j + 1] = finish(sum01, j + 1);
            output[(i + 1) * outputs + j] = finish(sum10, j);
            output[(i + 1) * outputs + j + 1] = finish(sum11, j + 1);
        }
    }
}

// Two windows are widened to 16 bits, and two output channels of both stay in registers.
static void three_by_three(int height, int width, int channels, int outputs)
{
    int length = 9 * channels;
    int16_t *next = windows;
    int8_t *target = output;
    for (int pixel = 0; pixel < height * width; pixel++)
    {
        for (int tap = 0; tap < 9; tap++, next += channels)
        {
            int y = pixel / width + tap / 3 - 1, x = pixel % width + tap % 3 - 1;
            if (y < 0 || y >= height || x < 0 || x >= width)
            {
                memset(next, 0, channels * sizeof(int16_t));
                continue;
            }

            for (int c = 0; c < channels; c++)
            {
                next[c] = input[(y * width + x) * channels + c] + INPUT_OFFSET;
            }
        }

        if (next != windows + 2 * length)
        {
            continue;
        }

        next = windows;
        for (int j = 0; j < outputs; j += 2)
        {
            const int16_t *window0 = windows, *window1 = windows + length;
            const int8_t *filter0 = weights + j * length, *filter1 = filter0 + length;
            int32_t sum00 = bias[j], sum01 = bias[j], sum10 = bias[j + 1], sum11 = bias[j + 1];
            for (int k = length; k != 0; k--)
            {
                int8_t weight0 = *filter0++, weight1 = *filter1++;
                int16_t value0 = *window0++, value1 = *window1++;
                sum00 += weight0 * value0;
                sum01 += weight0 * value1;
                sum10 += weight1 * value0;
                sum11 += weight1 * value1;
            }

            target[j] = finish(sum00, j);
            target[j + 1] = finish(sum10, j + 1);
            target[outputs + j] = finish(sum01, j);
            target[outputs + j + 1] = finish(sum11, j + 1);
        }

        target += 2 * outputs;
    }
}

// Four channels of a pixel stay in registers.
static void depthwise(int height, int width, int channels)
{
    int8_t *target = output;
    for (int pixel = 0; pixel < height * width; pixel++)
    {
        int top = pixel / width - 1, left = pixel % width - 1;
        for (int c = 0; c < channels; c += 4)
        {
            int32_t sum0 = bias[c], sum1 = bias[c + 1], sum2 = bias[c + 2], sum3 = bias[c + 3];
            for (int ky = top < 0 ? 1 : 0; ky < 3 && top + ky < height; ky++)
            {
                for (int kx = left < 0 ? 1 : 0; kx < 3 && left + kx < width; kx++)
                {
                    const int8_t *value = input + ((top + ky) * width + left + kx) * channels + c;
                    const int8_t *weight = weights + (ky * 3 + kx) * channels + c;
                    sum0 += (value[0] + INPUT_OFFSET) * weight[0];
                    sum1 += (value[1] + INPUT_OFFSET) * weight[1];
                    sum2 += (value[2] + INPUT_OFFSET) * weight[2];
                    sum3 += (value[3] + INPUT_OFFSET) * weight[3];
                }
            }

            *target++ = finish(sum0, c);
            *target++ = finish(sum1, c + 1);
            *target++ = finish(sum2, c + 2);
            *target++ = finish(sum3, c + 3);
        }
    }
}

// Three rows of the matrix share the elements of the vector.
static void fully_connected(int columns, int rows)
{
    for (int row = 0; row + 3 <= rows; row += 3)
    {
        const int8_t *row0 = weights + row * columns, *row1 = row0 + columns, *row2 = row1 + columns;
        int32_t sum0 = bias[row], sum1 = bias[row + 1], sum2 = bias[row + 2];
        for (int k = 0; k < columns; k++)
        {
            int32_t value = input[k] + INPUT_OFFSET;
            sum0 += value * row0[k];
            sum1 += value * row1[k];
            sum2 += value * row2[k];
        }

        output[row] = finish(sum0, 0);
        output[row + 1] = finish(sum1, 0);
        output[row + 2] = finish(sum2, 0);
    }
}

static double microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e6 + now.tv_nsec * 1e-3;
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

#define MEASURE(name, call) \
    do \
    { \
        double times[ROUNDS]; \
        for (int round = 0; round < ROUNDS; round++) \
        { \
            double start = microseconds(); \
            for (int repeat = 0; repeat < REPEATS; repeat++) \
            { \
                call; \
            } \
            times[round] = (microseconds() - start) / REPEATS; \
        } \
        qsort(times, ROUNDS, sizeof(double), compare); \
        printf("%-44s median %7.1f us, minimum %7.1f us\n", name, times[ROUNDS / 2], times[0]); \
    } while (0)

int main(void)
{
    for (size_t i = 0; i < sizeof(input); i++)
    {
        input[i] = (int8_t)rand();
        weights[i] = (int8_t)(rand() % 255 - 127);
    }

    for (int i = 0; i < 1024; i++)
    {
        bias[i] = rand() % 2000 - 1000;
        multipliers[i] = (1 << 30) + rand() % (1 << 30);
        shifts[i] = -8 - rand() % 3;
    }

    MEASURE("kws #2: 1x1, 25x5x64 to 64", single_pixels(125, 64, 64));
    MEASURE("vww #2: 1x1, 48x48x8 to 16", single_pixels(2304, 8, 16));
    MEASURE("vww #14: 1x1, 6x6x128 to 128", single_pixels(36, 128, 128));
    MEASURE("kws #1: depthwise 3x3, 25x5x64", depthwise(25, 5, 64));
    MEASURE("vww #5: depthwise 3x3, 24x24x32", depthwise(24, 24, 32));
    MEASURE("ic #1: 3x3, 32x32x16 to 16", three_by_three(32, 32, 16, 16));
    MEASURE("ic #9: 3x3, 8x8x64 to 64", three_by_three(8, 8, 64, 64));
    MEASURE("ad #0: fully connected, 640 to 128", fully_connected(640, 128));
}
